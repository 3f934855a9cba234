import type { Sql, TransactionSql } from 'postgres';

type Work = (tx: TransactionSql) => unknown;

/**
 * Makes a lost connection end a transaction and nothing else.
 *
 * Left to itself, the driver sends the `rollback` of a broken transaction to the connection that is gone:
 * the process dies of it (porsager/postgres#1154, #1208), or, when the connection has been opened anew
 * for someone else meanwhile, it rolls back *their* transaction. Here nothing more is sent once the
 * connection has closed; the server rolls back by itself. Whoever waits gets the driver's error.
 */
export function guardTransactions(sql: Sql): void {
  const begin = sql.begin.bind(sql) as (...args: unknown[]) => Promise<unknown>;
  sql.begin = (async (...args: unknown[]) => {
    const state = { isLost: false };
    const running = begin(...args.slice(0, -1), guard(args.at(-1) as Work, state));
    // While the work is still going on, only a closed connection ends the transaction.
    running.catch(() => {
      state.isLost = true;
    });
    return running;
  }) as Sql['begin'];
}

function guard(work: Work, state: { isLost: boolean }): Work {
  return (tx) =>
    new Promise((resolve, reject) => {
      const done = async () => work(guardSending(tx, state));
      done().then(resolve, (error: unknown) => {
        // The query fails a moment before the connection is known to be closed. Never settled, the driver
        // sends no rollback; its own answer to whoever waits has been given by then.
        setImmediate(() => {
          if (!state.isLost) reject(error);
        });
      });
    });
}

/** The transaction's client, which refuses to send when there is nothing left to send to. */
function guardSending(tx: TransactionSql, state: { isLost: boolean }): TransactionSql {
  const refuse = () => {
    if (state.isLost) throw new Error('the connection of this transaction has closed');
  };
  return new Proxy(tx, {
    apply(target, self, args) {
      refuse();
      return Reflect.apply(target as (...args: unknown[]) => unknown, self, args) as unknown;
    },
    get(target, name) {
      if (name === 'unsafe') refuse();
      if (name === 'savepoint') {
        return (...args: unknown[]) =>
          (target.savepoint as (...args: unknown[]) => unknown)(
            ...args.slice(0, -1),
            guard(args.at(-1) as Work, state),
          );
      }
      return Reflect.get(target, name) as unknown;
    },
  });
}

/** How soon after a connection has closed the pool is tried. */
const HEAL_AFTER_MS = 250;

/**
 * Puts a pool to use once, on every connection, soon after one of them has closed, and again while the
 * server is away. The driver answers the first query of a reopened connection with the error that
 * closed it; here that is a query nobody waits for, not a person's answers.
 */
export function createHealer(sql: () => Sql, connections: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  const heal = async () => {
    timer = undefined;
    await Promise.allSettled(Array.from({ length: connections }, () => sql()`select 1`));
  };
  return () => {
    timer ??= setTimeout(() => void heal(), HEAL_AFTER_MS).unref();
  };
}

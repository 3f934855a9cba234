/** Which indexes the statements behind a page use: the same functions as the pages call, with every query explained. */
import { sql, type SQL } from 'drizzle-orm';
import { connect, type Database, type Executor } from '#db/client.ts';

const POOL = Symbol.for('trygg-grund.database');
/** The tables that grow with people and years. */
const LARGE = ['completion', 'employment', 'person', 'completion_correction', 'list_look_person'];

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Node[];
}

export interface PlanUse {
  /** `completion: Index Only Scan completion_person_module_idx` */
  scans: string[];
  /** Large tables that were read from beginning to end. */
  readWhole: string[];
  statements: number;
}

/** Runs the work with `getDb()` on the database, and tells how each statement of it was planned. */
export async function explainWork(url: string, work: () => Promise<unknown>): Promise<PlanUse> {
  const connection = connect(url, { max: 1, statementTimeout: 0 });
  const plans: Node[] = [];
  const shared = globalThis as { [POOL]?: unknown };
  const before = shared[POOL];
  process.env['DATABASE_URL'] = url;
  shared[POOL] = { ...connection, db: explaining(connection.db, plans) };
  try {
    await work();
  } finally {
    shared[POOL] = before;
    await connection.close();
  }
  const nodes = plans.flatMap(flatten);
  const scans = nodes.flatMap((node) => describe(node) ?? []);
  const readWhole = nodes.flatMap((node) =>
    node['Node Type'] === 'Seq Scan' && LARGE.includes(node['Relation Name'] ?? '')
      ? [node['Relation Name'] ?? '']
      : [],
  );
  return { scans: [...new Set(scans)].sort(), readWhole: [...new Set(readWhole)], statements: plans.length };
}

/** The same database, where every statement that is written as SQL is planned as well as run. */
function explaining<T extends Executor>(db: T, plans: Node[]): T {
  return new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name === 'execute')
        return async (query: SQL) => {
          if (isReading(target as unknown as Database, query)) {
            const [row] = await target.execute<{ 'QUERY PLAN': [{ Plan: Node }] }>(
              sql`explain (format json) ${query}`,
            );
            if (row) plans.push(row['QUERY PLAN'][0].Plan);
          }
          return target.execute(query);
        };
      if (name === 'transaction')
        return (run: (tx: Executor) => Promise<unknown>, options: never) =>
          (target as unknown as Database).transaction((tx) => run(explaining(tx, plans)), options);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function isReading(db: Database, query: SQL): boolean {
  const text = (db as unknown as { dialect: { sqlToQuery(query: SQL): { sql: string } } }).dialect.sqlToQuery(
    query,
  ).sql;
  return /^\s*(select|with)\b/i.test(text);
}

function flatten(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}

function describe(node: Node): string[] | null {
  const index = node['Index Name'];
  if (index !== undefined) return [`${node['Node Type']} ${index}`];
  return node['Node Type'] === 'Seq Scan' && LARGE.includes(node['Relation Name'] ?? '')
    ? [`Seq Scan ${node['Relation Name']}`]
    : null;
}

import type { DraftPartInput, Outbox, Unsent } from './draft-part.ts';

const STORE = 'parts';

/** Text that is not sent yet, in this browser's IndexedDB: one place for each writer, draft and part. */
export function browserOutbox<T>({
  draftId,
  part,
  writer,
}: Pick<DraftPartInput<T>, 'draftId' | 'part' | 'writer'>): Outbox<T> {
  const key = [writer, draftId, part];
  return {
    read: async () =>
      ((await inStore('readonly', (store) => store.get(key))) as Unsent<T> | undefined) ?? null,
    write: async (unsent) => void (await inStore('readwrite', (store) => store.put(unsent, key))),
    clear: async () => void (await inStore('readwrite', (store) => store.delete(key))),
  };
}

/** One request in a transaction of its own; resolves when the transaction is through, not before. */
async function inStore(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = ask(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('redaktor', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('not opened'));
  });
}

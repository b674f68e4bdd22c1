import { createStore } from 'zustand/vanilla';

/** A head that the user brought. It stays in this browser. */
export interface ChosenModel {
  readonly name: string;
  readonly file: Blob;
}

export interface ModelState {
  /** Null: the head that is built in. */
  readonly chosen: ChosenModel | null;
  /** Why the chosen one cannot be shown, in the loader's words; null while nothing is wrong. */
  readonly problem: string | null;
}

/** Larger files are no heads for a page. Bytes. */
export const largestModel = 64 * 1024 * 1024;

const database = 'parley';
const table = 'models';
const key = 'avatar';

export const modelStore = createStore<ModelState>(() => ({ chosen: null, problem: null }));

/** Takes up what was chosen in an earlier visit. A browser that keeps nothing has nothing. */
export async function restoreModel(): Promise<void> {
  const kept = await transact('readonly', (models) => models.get(key)).catch(() => null);
  if (isChosen(kept) && modelStore.getState().chosen === null) modelStore.setState({ chosen: kept, problem: null });
}

/** Chooses a head; null for the one that is built in. */
export async function chooseModel(chosen: ChosenModel | null): Promise<void> {
  modelStore.setState({ chosen, problem: null });
  await transact('readwrite', (models) => (chosen === null ? models.delete(key) : models.put(chosen, key))).catch(() => {
    // A private window: the choice holds until the page is closed.
  });
}

/** The chosen one is broken. */
export function reportModel(problem: string): void {
  modelStore.setState({ problem });
}

function isChosen(value: unknown): value is ChosenModel {
  return typeof value === 'object' && value !== null && 'file' in value && value.file instanceof Blob && 'name' in value && typeof value.name === 'string';
}

async function transact(mode: IDBTransactionMode, run: (models: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const opening = indexedDB.open(database, 1);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(table));
  const opened = (await result(opening)) as IDBDatabase;
  try {
    return await result(run(opened.transaction(table, mode).objectStore(table)));
  } finally {
    opened.close();
  }
}

function result(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('The database failed.')));
  });
}

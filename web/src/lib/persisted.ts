import { createStore, type StoreApi } from 'zustand/vanilla';

/** A value that is kept in this browser. Storage that is blocked or full costs only the memory of it. */
export type Persisted<T extends object> = StoreApi<T>;

/**
 * A store whose fields are kept under a name. Fields that were kept in another shape fall back to their default one by one, so an old
 * version's leftovers can do no harm.
 */
export function persisted<T extends object>(name: string, defaults: T): Persisted<T> {
  const store = createStore<T>(() => ({ ...defaults, ...kept(name, defaults) }));
  store.subscribe((state) => keep(name, state));
  return store;
}

function kept<T extends object>(name: string, defaults: T): Partial<T> {
  let value: unknown;
  try {
    value = JSON.parse(localStorage.getItem(name) ?? '{}');
  } catch {
    return {};
  }
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value).filter(([key, field]) => key in defaults && typeof field === typeof defaults[key as keyof T]);
  return Object.fromEntries(entries) as Partial<T>;
}

function keep(name: string, state: object): void {
  try {
    localStorage.setItem(name, JSON.stringify(state));
  } catch {
    // A private window: the choice holds until the page is closed.
  }
}

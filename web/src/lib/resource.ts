import { createStore, type StoreApi } from 'zustand/vanilla';
import { requestJson } from './rest';

/** What is known of something that comes by REST. While it is fetched again the old data stay. */
export interface ResourceState<T> {
  readonly data: T | undefined;
  readonly error: Error | undefined;
  readonly loading: boolean;
}

type Fetch = (path: string, signal: AbortSignal) => Promise<unknown>;

interface Entry {
  readonly store: StoreApi<ResourceState<unknown>>;
  fetchedAt: number;
  watchers: number;
  abort: AbortController | null;
}

/**
 * Answers of the server by their path: two panels that ask for the same share one request and one answer. At most 64 are kept; those that
 * nobody looks at go first.
 */
export class ResourceCache {
  static readonly capacity = 64;
  readonly #entries = new Map<string, Entry>();

  constructor(
    private readonly fetch: Fetch = (path, signal) => requestJson(path, { signal }),
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The state of a path, to subscribe to. */
  store(path: string): StoreApi<ResourceState<unknown>> {
    return this.#entry(path).store;
  }

  /** Somebody looks: fetches what is older than that. Returns how to stop looking, which also ends a request that nobody else waits for. */
  watch(path: string, maxAgeMs: number): () => void {
    const entry = this.#entry(path);
    entry.watchers++;
    if (!entry.abort && this.now() - entry.fetchedAt >= maxAgeMs) void this.#load(path, entry);
    return () => {
      entry.watchers--;
      if (entry.watchers > 0) return;
      entry.abort?.abort();
      entry.abort = null;
    };
  }

  /** Fetches again what is kept at a path, or at all paths that begin so. */
  invalidate(prefix: string): void {
    for (const [path, entry] of this.#entries) {
      if (!path.startsWith(prefix)) continue;
      entry.fetchedAt = -Infinity;
      if (entry.watchers > 0) void this.#load(path, entry);
    }
  }

  /** Fetches one path again, unless that is under way: for what is looked at again and again. */
  refresh(path: string): void {
    const entry = this.#entries.get(path);
    if (entry && entry.watchers > 0 && !entry.abort) void this.#load(path, entry);
  }

  async #load(path: string, entry: Entry): Promise<void> {
    entry.abort?.abort();
    const abort = new AbortController();
    entry.abort = abort;
    entry.store.setState({ loading: true });
    try {
      const data = await this.fetch(path, abort.signal);
      if (entry.abort !== abort) return;
      entry.fetchedAt = this.now();
      entry.store.setState({ data, error: undefined, loading: false });
    } catch (error) {
      if (entry.abort !== abort) return;
      entry.store.setState({ error: error as Error, loading: false });
    } finally {
      if (entry.abort === abort) entry.abort = null;
    }
  }

  #entry(path: string): Entry {
    let entry = this.#entries.get(path);
    if (entry) {
      this.#entries.delete(path);
    } else {
      entry = {
        store: createStore<ResourceState<unknown>>(() => ({ data: undefined, error: undefined, loading: true })),
        fetchedAt: -Infinity,
        watchers: 0,
        abort: null,
      };
    }
    this.#entries.set(path, entry);
    this.#trim();
    return entry;
  }

  #trim(): void {
    for (const [path, entry] of this.#entries) {
      if (this.#entries.size <= ResourceCache.capacity) return;
      if (entry.watchers === 0) this.#entries.delete(path);
    }
  }
}

export const resources = new ResourceCache();

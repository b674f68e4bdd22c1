import { describe, expect, test, vi } from 'vitest';
import { ResourceCache } from './resource';

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('ResourceCache', () => {
  test('watch: two watchers share one request', async () => {
    const fetch = vi.fn(async () => 'answer');
    const cache = new ResourceCache(fetch, () => 0);
    cache.watch('/a', 1000);
    cache.watch('/a', 1000);
    await settled();
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(cache.store('/a').getState()).toEqual({ data: 'answer', error: undefined, loading: false });
  });

  test('watch: what is young enough is not fetched again, what is older is', async () => {
    let now = 0;
    const fetch = vi.fn(async () => now);
    const cache = new ResourceCache(fetch, () => now);
    cache.watch('/a', 1000)();
    cache.watch('/a', 1000);
    await settled();
    now = 999;
    cache.watch('/a', 1000);
    expect(fetch).toHaveBeenCalledTimes(2);
    now = 1001;
    cache.watch('/a', 1000);
    expect(fetch).toHaveBeenCalledTimes(3);
  });

  test('watch: the last one who leaves ends the request', () => {
    let signal: AbortSignal | undefined;
    const cache = new ResourceCache((_, s) => ((signal = s), new Promise(() => {})));
    const [first, second] = [cache.watch('/a', 0), cache.watch('/a', 0)];
    first();
    expect(signal?.aborted).toBe(false);
    second();
    expect(signal?.aborted).toBe(true);
  });

  test('watch: a failure keeps the old data', async () => {
    let fails = false;
    const cache = new ResourceCache(async () => {
      if (fails) throw new Error('down');
      return 1;
    });
    cache.watch('/a', 0);
    await settled();
    fails = true;
    cache.invalidate('/');
    await settled();
    const { data, error } = cache.store('/a').getState();
    expect([data, error?.message]).toEqual([1, 'down']);
  });

  test('refresh: a request under way is not begun again', async () => {
    const fetch = vi.fn(async () => 1);
    const cache = new ResourceCache(fetch);
    cache.watch('/a', 0);
    cache.refresh('/a');
    expect(fetch).toHaveBeenCalledTimes(1);
    await settled();
    cache.refresh('/a');
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test('store: no more than the capacity are kept', async () => {
    const fetch = vi.fn(async () => 0);
    const cache = new ResourceCache(fetch, () => 0);
    for (let i = 0; i <= ResourceCache.capacity; i++) cache.watch(`/${i}`, Infinity)();
    const before = fetch.mock.calls.length;
    cache.watch('/0', Infinity);
    expect(fetch.mock.calls.length).toBe(before + 1);
  });
});

import { expect, type Page } from '@playwright/test';
import { measured } from './measured';

/** Flags of a browser that compiles nothing ever further: code that it makes of what is used often is no leak, but weighs more than one. */
export const interpreted = ['--js-flags=--no-opt --no-maglev --no-sparkplug --no-flush-bytecode'];

/** What a page holds, as the browser counts it. */
export type Footprint = Readonly<Record<'AudioWorkletProcessors' | 'AudioHandlers' | 'JSEventListeners' | 'Nodes' | 'JSHeapUsedSize', number>>;

/** Gives how to measure a page, once what is garbage is gone. */
export async function footprintOf(page: Page): Promise<() => Promise<Footprint>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  return async () => {
    await page.requestGC();
    await page.requestGC();
    const { metrics } = await devtools.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value])) as Footprint;
  };
}

/**
 * Does something again and again, and expects that it leaves nothing behind.
 * @param warmUp So often before it counts, until everything was used once.
 */
export async function expectNoGrowth(page: Page, name: string, act: () => Promise<void>, { warmUp = 8, times = 20 } = {}): Promise<void> {
  const measure = await footprintOf(page);
  for (let i = 0; i < warmUp; i++) await act();
  const found = [await measure()];
  for (let i = 0; i < times; i++) {
    await act();
    found.push(await measure());
  }
  const grown = (what: keyof Footprint) => found.at(-1)![what] - found[0]![what];
  const heap = slope(found.map(({ JSHeapUsedSize: size }) => size));
  measured(
    `${name}, ${times} times: processors +${grown('AudioWorkletProcessors')}, audio handlers +${grown('AudioHandlers')}, listeners +${grown('JSEventListeners')}, ` +
      `nodes +${grown('Nodes')}, heap ${(heap / 1000).toFixed(1)} kB a time`,
  );
  expect(grown('AudioWorkletProcessors')).toBe(0);
  expect(grown('AudioHandlers')).toBe(0);
  expect(grown('JSEventListeners')).toBeLessThanOrEqual(0);
  expect(grown('Nodes')).toBeLessThanOrEqual(0);
  expect(heap).toBeLessThan(10_000);
}

/** By least squares, a step: one measurement more or less doesn't decide. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [over, under] = values.reduce(([a, b], value, i) => [a + (i - middle) * (value - mean), b + (i - middle) ** 2], [0, 0]);
  return over / under;
}

import { expect, test } from 'vitest';
import { wordAt, wordTimes, wordsOf } from './wordTimes';

const segments = [
  { index: 0, sampleOffset: 0, text: 'Coming right up,' },
  { index: 1, sampleOffset: 20_000, text: 'one tea.' },
];

test('wordTimes: words share the time in which the mouth moves', () => {
  const track = { generation: 4, rate: 16_000, items: [[0, 1000, 'sil', 1], [1000, 5000, 'kk', 1], [6000, 5000, 'ou', 1], [11_000, 9000, 'sil', 1], [20_000, 4000, 'oh', 1]] } as const;
  const times = wordTimes(segments, track, 24_000);
  expect(times.length).toBe(5);
  expect([times[0], times[3]]).toEqual([1000, 20_000]);
  expect(times[2]).toBeLessThan(11_000);
  expect([...times]).toEqual([...times].toSorted((a, b) => a - b));
});

test('wordTimes: without a mouth they share the clause', () => {
  expect(wordTimes(segments, undefined, 24_000)[4]).toBeCloseTo(20_000 + (4000 * 4.5) / 10, 0);
});

test('wordTimes: the end of what is still being made is not known', () => {
  expect([...wordTimes([segments[0]!], undefined, null)]).toEqual([0, 0, 0]);
});

test('wordAt: finds the word that is being said', () => {
  const times = Float64Array.of(100, 200, 300);
  expect([0, 100, 250, 9999].map((sample) => wordAt(times, sample))).toEqual([-1, 0, 1, 2]);
});

test('wordsOf: white space parts words', () => {
  expect(wordsOf('  Coming\n right  up ')).toEqual(['Coming', 'right', 'up']);
});

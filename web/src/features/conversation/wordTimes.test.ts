import { expect, test } from 'vitest';
import { wordAt, wordTimes, wordsOf } from './wordTimes';

const segments = [
  { index: 0, sampleOffset: 0, text: 'Coming right up,' },
  { index: 1, sampleOffset: 20_000, text: 'one tea.' },
];
const reply = { text: 'Coming right up, one tea.', segments, samples: 24_000 };
const mouth = [[0, 1000, 'sil', 1], [1000, 5000, 'kk', 1], [6000, 5000, 'ou', 1], [11_000, 9000, 'sil', 1], [20_000, 4000, 'oh', 1]] as const;

test('wordTimes: words share the time in which the mouth moves', () => {
  const times = wordTimes(reply, { generation: 4, rate: 16_000, items: mouth, words: [] });
  expect(times.length).toBe(5);
  expect([times[0], times[3]]).toEqual([1000, 20_000]);
  expect(times[2]).toBeLessThan(11_000);
  expect([...times]).toEqual([...times].toSorted((a, b) => a - b));
});

test('wordTimes: without a mouth they share the clause', () => {
  expect(wordTimes(reply, undefined)[4]).toBeCloseTo(20_000 + (4000 * 4.5) / 10, 0);
});

test('wordTimes: the end of what is still being made is not known', () => {
  expect([...wordTimes({ text: segments[0]!.text, segments: [segments[0]!], samples: null }, undefined)]).toEqual([0, 0, 0]);
});

test('wordTimes: a voice that tells when each word begins is believed', () => {
  const words = [[1000, 2000, 0, 6], [3000, 3000, 7, 12], [7000, 3000, 13, 15], [20_000, 1500, 17, 20], [21_500, 2000, 21, 24]] as const;
  expect([...wordTimes(reply, { generation: 4, rate: 16_000, items: mouth, words })]).toEqual([1000, 3000, 7000, 20_000, 21_500]);
});

test('wordTimes: what is not said as it is written stands with the word behind it', () => {
  const text = '**Tea** – please 🙂 now';
  const words = [[500, 900, 2, 5], [2000, 900, 10, 16], [4000, 900, 20, 23]] as const;
  expect([...wordTimes({ text, segments: [], samples: null }, { generation: 4, rate: 16_000, items: [], words })]).toEqual([500, 2000, 2000, 4000, 4000]);
});

test('wordTimes: a guess never lies behind what the voice tells', () => {
  const words = [[1200, 900, 7, 12]] as const;
  const times = [...wordTimes(reply, { generation: 4, rate: 16_000, items: mouth, words })];
  expect(times.slice(0, 2)).toEqual([1000, 1200]);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('wordAt: finds the word that is being said', () => {
  const times = Float64Array.of(100, 200, 300);
  expect([0, 100, 250, 9999].map((sample) => wordAt(times, sample))).toEqual([-1, 0, 1, 2]);
});

test('wordsOf: white space parts words', () => {
  expect(wordsOf('  Coming\n right  up ')).toEqual(['Coming', 'right', 'up']);
});

import { expect, test } from 'vitest';
import type { ProgressDay } from './api';
import { changeOf, mostMarks, periodsOf } from './periods';

const day = (date: string, more: Partial<ProgressDay> = {}): ProgressDay => ({
  day: date, turns: 1, minutes: 1, words_per_minute: null, accuracy: null, fluency: null, prosody: null, mistakes_per100_words: null, new_words: 2, mtld: null, ...more,
});

const manyDays = (count: number): ProgressDay[] =>
  Array.from({ length: count }, (_, i) => day(new Date(Date.UTC(2026, 4, 4 + i)).toISOString().slice(0, 10), { words_per_minute: 60 + i, turns: i + 1 }));

test('periodsOf: few days are shown one by one', () => {
  const { unit, periods } = periodsOf([day('2026-05-04'), day('2026-05-06')]);
  expect(unit).toBe('day');
  expect(periods.map((p) => p.at.getDate())).toEqual([4, 6]);
});

test('periodsOf: many become weeks, weighted by their turns', () => {
  const { unit, periods } = periodsOf(manyDays(mostMarks + 5));
  expect(unit).toBe('week');
  expect(periods).toHaveLength(5);
  expect(periods[0]!.minutes).toBe(7);
  // 60 to 66 words a minute in 1 to 7 turns.
  expect(periods[0]!.wordsPerMinute).toBeCloseTo(64, 5);
  expect(periods[0]!.at.getDay()).toBe(1);
});

test('changeOf: the last third against the first; too few say nothing', () => {
  const { periods } = periodsOf(manyDays(9));
  expect(changeOf(periods, (p) => p.wordsPerMinute)).toBe(6);
  expect(changeOf(periods.slice(0, 2), (p) => p.wordsPerMinute)).toBeNull();
  expect(changeOf(periods, (p) => p.accuracy)).toBeNull();
});

import { expect, test } from 'vitest';
import { differenceOf } from './differenceOf';

const phone = (name: string, start_ms: number, end_ms: number) => ({ phone: name, score: 80, start_ms, end_ms });
const phones = [phone('TH', 100, 200), phone('IH', 200, 300)];
const difference = (distortion: (number | undefined)[]) => ({ voice: 'flite', step_ms: 50, distortion, reference_ms: [] });

test('differenceOf: the columns of a word share its time, from its first sound to its last', () => {
  const picture = differenceOf(phones, difference([1, 2, 9, 8, 4, 3, 7]))!;
  expect(picture.columns.map(({ distortion }) => distortion)).toEqual([9, 8, 4, 3]);
  expect(picture.columns.map(({ x }) => x)).toEqual([0, 0.25, 0.5, 0.75]);
  expect(picture.phones.map(({ x, width }) => [x, width])).toEqual([[0, 0.5], [0.5, 0.5]]);
});

test('differenceOf: the sound that is farthest is named where it stands out', () => {
  expect(differenceOf(phones, difference([1, 2, 9, 8, 4, 3]))!.farthest).toBe('TH');
  expect(differenceOf(phones, difference([1, 2, 5, 5, 4, 5]))!.farthest).toBeNull();
});

test('differenceOf: what was not compared is left out', () => {
  expect(differenceOf(phones, difference([1, 2, undefined, 8, undefined, 3]))!.columns.map(({ x }) => x)).toEqual([0.25, 0.75]);
  expect(differenceOf(phones, difference([1, 2]))).toBeNull();
  expect(differenceOf([], difference([1, 2]))).toBeNull();
});

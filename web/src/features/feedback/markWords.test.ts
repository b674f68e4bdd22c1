import { expect, test } from 'vitest';
import type { Correction, ScoredWord } from '@/voice/protocol/serverMessages';
import { correctedText, markWords } from './markWords';

const scored = (text: string, accuracy?: number, error = 'None'): ScoredWord => ({ text, error, phones: [], ...(accuracy !== undefined && { accuracy }) });
const correction = (start: number, end: number, original: string, better: string): Correction => ({ item_id: `${start}`, span: [start, end], original, correction: better });
const mark = (text: string, words: readonly ScoredWord[], corrections: readonly Correction[] = []) => markWords(text, { pronunciation: { overall: 70, words }, corrections });

test('markWords: each word has its grade, whatever marks stand by it', () => {
  const marked = mark('Yesterday, I go!', [scored('yesterday', 82), scored('I', 65), scored('go', 40, 'Mispronunciation')]);
  expect(marked.map((word) => [word.text, word.grade, word.error])).toEqual([
    ['Yesterday,', 'good', null],
    ['I', 'fair', null],
    ['go!', 'poor', 'Mispronunciation'],
  ]);
});

test('markWords: a word that was not judged has no grade and shifts nothing', () => {
  expect(mark('a 99 b', [scored('a', 90), scored('b', 90)]).map((word) => word.grade)).toEqual(['good', 'none', 'good']);
  expect(mark('a', [scored('a')]).map((word) => word.grade)).toEqual(['none']);
});

test('markWords: what was left out is poor', () => {
  expect(mark('the', [scored('the', 90, 'Omission')])[0]).toMatchObject({ grade: 'poor', error: 'Omission' });
});

test('markWords: words that a correction touches are marked', () => {
  expect(mark('Yesterday I go home', [], [correction(12, 14, 'go', 'went')]).map((word) => word.corrected)).toEqual([false, false, true, false]);
});

test('correctedText: all corrections are made, each in its place', () => {
  expect(correctedText('Yesterday I go to a shop', [correction(12, 14, 'go', 'went'), correction(18, 19, 'a', 'the')])).toBe('Yesterday I went to the shop');
});

import { renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TutorVoice } from './tutorVoice';
import { useTutorVoice } from './useTutorVoice';

const entry = (atMs: number, name: string, text = '') => ({ number: atMs, atMs, side: 'out' as const, name, text });
const entries = [entry(1000, 'segment_begin', 'Hello there,'), entry(2000, 'segment_begin', 'what would you like?'), entry(2600, 'paused'), entry(9000, 'segment_begin', 'Tea?')];
let said: string[];

beforeEach(() => {
  said = [];
  vi.spyOn(TutorVoice.prototype, 'prepare').mockImplementation(() => Promise.resolve(new Blob()));
  vi.spyOn(TutorVoice.prototype, 'say').mockImplementation(async (text) => void said.push(text));
  vi.spyOn(TutorVoice.prototype, 'stop').mockImplementation(() => void said.push('(silence)'));
});
afterEach(() => vi.restoreAllMocks());

test('at: each clause is said when the replay comes to it, and stops where it stopped', () => {
  const { result } = renderHook(() => useTutorVoice(entries));
  for (let ms = 0; ms <= 3000; ms += 250) result.current.at(ms);
  expect(said).toEqual(['Hello there,', 'what would you like?', '(silence)']);
});

test('at: who seeks hears nothing of what lies between', () => {
  const { result } = renderHook(() => useTutorVoice(entries));
  for (const ms of [250, 8900, 9100, 500]) result.current.at(ms);
  expect(said).toEqual(['(silence)', 'Tea?', '(silence)']);
});

import { expect, test, vi } from 'vitest';
import { Pacemaker, type PaceTimers } from './Pacemaker';

function pace() {
  let now = 0;
  const waiting: (() => void)[] = [];
  const timers: PaceTimers = { now: () => now, setTimeout: (callback) => waiting.push(callback), clearTimeout: () => waiting.splice(0) };
  const draw = vi.fn<() => void>();
  return { pacemaker: new Pacemaker(draw, timers), draw, waiting, at: (moment: number) => (now = moment) };
}

test('somebody speaks: each frame asks for the next at once', () => {
  const { pacemaker, draw, waiting } = pace();
  pacemaker.next(60_000, true, false);
  expect(draw).toHaveBeenCalledTimes(1);
  expect(waiting).toHaveLength(0);
});

test('the face only lives: every second frame, by one timer', () => {
  const { pacemaker, draw, waiting } = pace();
  pacemaker.next(60_000, false, false);
  pacemaker.next(60_001, false, false);
  expect(draw).not.toHaveBeenCalled();
  expect(waiting).toHaveLength(1);
  waiting.pop()!();
  expect(draw).toHaveBeenCalledTimes(1);
});

test('the face is still, or the page hidden: no frame', () => {
  const { pacemaker, draw, waiting } = pace();
  pacemaker.next(60_000, false, true);
  pacemaker.hide(true);
  pacemaker.next(60_000, true, false);
  pacemaker.wake();
  expect(draw).not.toHaveBeenCalled();
  expect(waiting).toHaveLength(0);
  pacemaker.hide(false);
  expect(draw).toHaveBeenCalledTimes(1);
});

test('nothing happens for eight seconds: it falls asleep', () => {
  const { pacemaker, at } = pace();
  at(1_000);
  pacemaker.wake();
  expect(pacemaker.isAwake(8_900)).toBe(true);
  expect(pacemaker.isAwake(9_100)).toBe(false);
});

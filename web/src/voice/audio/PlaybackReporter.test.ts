import { beforeEach, describe, expect, test } from 'vitest';
import { FakeTimers } from '../testing/FakeTimers';
import { Motion, PlaybackClock } from './PlaybackClock';
import { PlaybackReporter } from './PlaybackReporter';

const rate = 16_000;
const health = { bufferedMs: 0, cushionMs: 0, underruns: 0, stale: 0 };
let timers: FakeTimers;
let clock: PlaybackClock;
let sent: [number, number, string | undefined][];
let reporter: PlaybackReporter;

beforeEach(() => {
  timers = new FakeTimers();
  clock = new PlaybackClock();
  clock.align(-0.03, 0);
  sent = [];
  reporter = new PlaybackReporter(clock, timers, (m) => sent.push([m.generation_id, m.played_samples, m.state]));
});

/** The worklet says it now. */
function report(sample: number, motion: Motion, generation = 4): void {
  clock.record(timers.now() / 1000, generation, sample, rate, motion);
  reporter.reported({ frame: 0, generation, sample, rate, motion, health });
}

describe('PlaybackReporter', () => {
  test('while it plays, what was heard is told every 150 ms', () => {
    reporter.began(4);
    report(0, Motion.Moving);
    for (let i = 1; i <= 30; i++) {
      timers.advance(20);
      report(i * 320, Motion.Moving);
    }
    expect(sent).toEqual([150, 300, 450, 600].map((ms) => [4, (ms - 30) * 16, 'playing']));
  });

  test('before the first sound it is told that nothing was heard', () => {
    reporter.began(4);
    timers.advance(310);
    expect(sent).toEqual([
      [4, 0, 'stopped'],
      [4, 0, 'stopped'],
    ]);
  });

  test('a hold is told at once with its position, and again as long as it lasts', () => {
    reporter.began(4);
    report(0, Motion.Moving);
    timers.advance(100);
    report(1600, Motion.Still);
    expect(sent).toEqual([[4, 1600, 'stopped']]);
    timers.advance(400);
    expect(sent.length).toBe(4);
    report(1600, Motion.Moving);
    timers.advance(40);
    expect(sent.at(-1)).toEqual([4, 1600, 'playing']);
  });

  test('the end is told when it was heard, once', () => {
    reporter.began(4);
    report(0, Motion.Moving);
    timers.advance(100);
    report(1600, Motion.Over);
    expect(sent).toEqual([]);
    timers.advance(40);
    expect(sent).toEqual([[4, 1600, 'finished']]);
    timers.advance(10_000);
    expect([sent.length, timers.pending]).toEqual([1, 0]);
  });

  test('where it was cut is told from the worklet, and nothing afterwards', () => {
    reporter.began(4);
    report(0, Motion.Moving);
    timers.advance(100);
    reporter.stop(4);
    expect(sent).toEqual([]);
    report(1620, Motion.Over);
    timers.advance(10_000);
    expect([sent, timers.pending]).toEqual([[[4, 1620, 'stopped']], 0]);
  });

  test('a reply that was cut before its first sound was not heard', () => {
    reporter.began(4);
    reporter.stop(4);
    expect(sent).toEqual([[4, 0, 'stopped']]);
  });

  test('the next generation takes the place of the last', () => {
    reporter.began(4);
    report(0, Motion.Moving);
    reporter.began(5);
    report(640, Motion.Moving, 4);
    report(0, Motion.Moving, 5);
    timers.advance(150);
    expect(sent.map(([generation]) => generation)).toEqual([5]);
  });
});

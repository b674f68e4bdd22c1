import { describe, expect, test } from 'vitest';
import { Motion, PlaybackClock } from './PlaybackClock';

const rate = 16_000;

/** A clock whose ear is `latency` seconds behind the context, which began when the page did. */
function clockBehind(latency: number): PlaybackClock {
  const clock = new PlaybackClock();
  clock.align(-latency, 0);
  return clock;
}

describe('PlaybackClock', () => {
  test('heard: nothing before the first sample has reached the ear', () => {
    const clock = clockBehind(0.03);
    clock.record(1, 4, 0, rate, Motion.Moving);
    expect(clock.heard(1029)).toBeNull();
    expect(clock.heard(1030)).toMatchObject({ generation: 4, sample: 0, rate, playing: true });
  });

  test('heard: runs with the samples, behind by the latency of the output', () => {
    const clock = clockBehind(0.2);
    clock.record(1, 4, 0, rate, Motion.Moving);
    clock.record(1.5, 4, 8000, rate, Motion.Moving);
    expect(clock.heard(1450)?.sample).toBeCloseTo(0.25 * rate, 5);
    expect(clock.heard(1740)?.sample).toBeCloseTo(0.54 * rate, 5);
  });

  test('heard: an underrun of 300 ms holds the position, and nothing drifts behind it', () => {
    const clock = clockBehind(0);
    clock.record(1, 4, 0, rate, Motion.Moving);
    clock.record(1.2, 4, 3200, rate, Motion.Still);
    clock.record(1.5, 4, 3200, rate, Motion.Moving);
    clock.record(1.52, 4, 3520, rate, Motion.Moving);
    expect(clock.heard(1350)).toMatchObject({ sample: 3200, playing: false });
    expect(clock.heard(1510)?.sample).toBeCloseTo(3360, 5);
    expect(clock.heard(1520)?.sample).toBeCloseTo(3520, 5);
  });

  test('heard: nothing once the generation is over', () => {
    const clock = clockBehind(0);
    clock.record(1, 4, 0, rate, Motion.Moving);
    clock.record(1.1, 4, 1600, rate, Motion.Over);
    expect(clock.heard(1099)).not.toBeNull();
    expect(clock.heard(1100)).toBeNull();
  });

  test('heard: a worklet that tells nothing any more does not carry the mouth away', () => {
    const clock = clockBehind(0);
    clock.record(1, 4, 0, rate, Motion.Moving);
    expect(clock.heard(60_000)?.sample).toBeLessThanOrEqual(0.15 * rate);
  });

  test('heard: a slow replay runs at its pace', () => {
    const clock = clockBehind(0);
    clock.record(1, 4, 1000, rate, Motion.Moving, 0.5);
    expect(clock.heard(1100)?.sample).toBeCloseTo(1000 + 0.05 * rate, 5);
  });

  test('heard: long ago is forgotten, now is not', () => {
    const clock = clockBehind(0);
    for (let i = 0; i < 1000; i++) clock.record(i * 0.02, 4, i * 320, rate, Motion.Moving);
    expect(clock.heard(20_000)?.sample).toBeCloseTo(999 * 320 + 320, 5);
  });
});

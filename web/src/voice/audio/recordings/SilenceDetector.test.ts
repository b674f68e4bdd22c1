import { expect, test } from 'vitest';
import { SilenceDetector } from './SilenceDetector';

/** When it is over, for levels that hold for some ms each. */
function overAt(...parts: readonly (readonly [rms: number, ms: number])[]): number | null {
  const detector = new SilenceDetector();
  let now = 0;
  for (const [rms, ms] of parts) {
    for (const until = now + ms; now < until; now += 20) if (detector.isOver(rms, now)) return now;
  }
  return null;
}

test('isOver: 1.2 s after the last word', () => {
  expect(overAt([0, 500], [0.1, 1000], [0, 5000])).toBe(2700);
});

test('isOver: a pause within the sentence ends nothing', () => {
  expect(overAt([0.1, 500], [0, 1000], [0.1, 500], [0, 1000])).toBeNull();
});

test('isOver: never before something was said', () => {
  expect(overAt([0, 60_000])).toBeNull();
  expect(overAt([0, 500], [0.5, 60], [0, 5000])).toBeNull();
});

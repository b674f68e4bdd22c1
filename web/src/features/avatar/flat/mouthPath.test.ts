import { expect, test } from 'vitest';
import { createMouthPose, restMouth } from '../speech/blendMouth';
import { visemeIndex, type Viseme } from '../speech/visemes';
import { mouthPath } from './mouthPath';

/** Half the width and the height in the middle of a mouth that stands so. */
function measure(viseme: Viseme, jaw: number, closure = 0): { width: number; height: number } {
  const pose = createMouthPose();
  restMouth(pose);
  pose.shapes[0] = 0;
  pose.shapes[visemeIndex(viseme)] = 1;
  Object.assign(pose, { jaw, closure });
  const [left = 0, , , upper = 0, , , , lower = 0] = mouthPath(pose).match(/-?[\d.]+/g)!.map(Number);
  return { width: 50 - left, height: lower - upper };
}

test('aa: open; p: closed, whatever the jaw does', () => {
  expect(measure('aa', 0.85).height).toBeGreaterThan(4 * measure('pp', 0.85, 1).height);
  expect(measure('pp', 0.85, 1).height).toBe(measure('sil', 0).height);
});

test('ou: narrower than ih', () => {
  expect(measure('ou', 0.2).width).toBeLessThan(measure('ih', 0.3).width / 2);
});

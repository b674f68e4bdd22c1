import { expect, test } from 'vitest';
import { chooseRung } from './rung';

test.each([
  ['', false, true, '3d'],
  ['', true, true, 'flat'],
  ['', false, false, 'flat'],
  ['?avatar=off', false, true, 'off'],
  ['?avatar=flat', false, true, 'flat'],
  ['?avatar=3d', true, true, '3d'],
  ['?avatar=3d', false, false, 'flat'],
] as const)('chooseRung(%j, reduced motion %s, WebGL %s): %s', (search, reducedMotion, webgl, rung) => {
  expect(chooseRung(search, reducedMotion, () => webgl)).toBe(rung);
});

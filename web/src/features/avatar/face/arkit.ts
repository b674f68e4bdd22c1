/** Those of Apple's ARKit face shapes that the moods need. Their order is that of every array of weights here. */
export const ARKIT = [
  'browInnerUp', 'browDownLeft', 'browDownRight', 'browOuterUpLeft', 'browOuterUpRight',
  'eyeBlinkLeft', 'eyeBlinkRight', 'eyeSquintLeft', 'eyeSquintRight', 'eyeWideLeft', 'eyeWideRight',
  'cheekSquintLeft', 'cheekSquintRight', 'cheekPuff', 'noseSneerLeft', 'noseSneerRight',
  'jawOpen', 'mouthClose', 'mouthPucker', 'mouthSmileLeft', 'mouthSmileRight', 'mouthFrownLeft', 'mouthFrownRight', 'mouthPressLeft', 'mouthPressRight',
] as const;

export type ArkitName = (typeof ARKIT)[number];

export const ARKIT_COUNT = ARKIT.length;

/** The place of each shape in the arrays. */
export const AT = Object.fromEntries(ARKIT.map((name, index) => [name, index])) as Record<ArkitName, number>;

export function arkitWeights(weights: Partial<Record<ArkitName, number>>): Float32Array {
  return Float32Array.from(ARKIT, (name) => weights[name] ?? 0);
}

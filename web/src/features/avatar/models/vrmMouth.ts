import type { VRMExpressionManager } from '@pixiv/three-vrm';
import { AT } from '../face/arkit';
import type { FaceState } from '../face/FaceState';
import { visemeIndex, type Viseme } from '../speech/visemes';

/** VRM has five mouths; each takes the sounds that look most like it. */
const MOUTHS: Record<string, Partial<Record<Viseme, number>>> = {
  aa: { aa: 1, kk: 0.25, dd: 0.15 },
  ih: { ih: 1, ss: 0.6, th: 0.4, nn: 0.3, dd: 0.3 },
  ou: { ou: 1, ch: 0.6, rr: 0.4 },
  ee: { e: 1 },
  oh: { oh: 1 },
};

const PARTS = Object.entries(MOUTHS).map(([preset, sounds]) => ({
  preset,
  sources: Int8Array.from(Object.keys(sounds), visemeIndex),
  weights: Float32Array.from(Object.values(sounds)),
}));

export function hasVrmMouth(expressions: VRMExpressionManager): boolean {
  return expressions.getExpression('aa') !== null;
}

export function applyVrm(expressions: VRMExpressionManager, { visemes, arkit }: FaceState): void {
  for (const { preset, sources, weights } of PARTS) {
    let weight = 0;
    for (let i = 0; i < sources.length; i++) weight += visemes[sources[i]!]! * weights[i]!;
    expressions.setValue(preset, Math.min(1, weight));
  }
  expressions.setValue('blink', arkit[AT.eyeBlinkLeft]!);
  // A neutral face smiles a little already.
  expressions.setValue('happy', Math.max(0, arkit[AT.mouthSmileLeft]! - 0.2) * 0.8);
  expressions.setValue('surprised', arkit[AT.eyeWideLeft]!);
}

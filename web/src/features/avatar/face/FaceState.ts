import { VISEME_COUNT } from '../speech/visemes';
import { ARKIT_COUNT } from './arkit';

/** All that a head needs to know to look alive at one moment. Written again and again: read it, don't keep it. Angles in radians. */
export interface FaceState {
  /** Lips, by the index of the shape. */
  readonly visemes: Float32Array;
  /** Everything else, by the index of the ARKit shape; `jawOpen` and `mouthClose` are those of the speech. */
  readonly arkit: Float32Array;
  headYaw: number;
  headPitch: number;
  headRoll: number;
  eyeYaw: number;
  eyePitch: number;
  /** -1 breathed out, 1 breathed in. */
  breath: number;
}

export function createFaceState(): FaceState {
  return { visemes: new Float32Array(VISEME_COUNT), arkit: new Float32Array(ARKIT_COUNT), headYaw: 0, headPitch: 0, headRoll: 0, eyeYaw: 0, eyePitch: 0, breath: 0 };
}

import { ARKIT_COUNT, arkitWeights, type ArkitName } from '../face/arkit';

/** The emotions that the protocol names, as a face shows them at full intensity. */
const MOODS: Record<string, Partial<Record<ArkitName, number>>> = {
  neutral: { mouthSmileLeft: 0.16, mouthSmileRight: 0.16 },
  happy: { mouthSmileLeft: 0.75, mouthSmileRight: 0.75, cheekSquintLeft: 0.6, cheekSquintRight: 0.6, eyeSquintLeft: 0.3, eyeSquintRight: 0.3, browOuterUpLeft: 0.2, browOuterUpRight: 0.2 },
  encouraging: { mouthSmileLeft: 0.55, mouthSmileRight: 0.5, cheekSquintLeft: 0.35, cheekSquintRight: 0.35, browInnerUp: 0.3, browOuterUpLeft: 0.25, browOuterUpRight: 0.25, eyeSquintLeft: 0.1, eyeSquintRight: 0.1 },
  surprised: { browInnerUp: 0.8, browOuterUpLeft: 0.8, browOuterUpRight: 0.8, eyeWideLeft: 0.7, eyeWideRight: 0.7, jawOpen: 0.18, mouthSmileLeft: 0.15, mouthSmileRight: 0.15 },
  thinking: { browDownLeft: 0.3, browInnerUp: 0.15, browOuterUpRight: 0.4, eyeSquintLeft: 0.25, eyeSquintRight: 0.15, mouthPressLeft: 0.35, mouthPressRight: 0.2, mouthPucker: 0.15 },
  concerned: { browInnerUp: 0.75, browDownLeft: 0.15, browDownRight: 0.15, mouthFrownLeft: 0.35, mouthFrownRight: 0.35, eyeSquintLeft: 0.1, eyeSquintRight: 0.1 },
};

const VECTORS: ReadonlyMap<string, Float32Array> = new Map(Object.entries(MOODS).map(([name, weights]) => [name, arkitWeights(weights)]));
const NEUTRAL = VECTORS.get('neutral') ?? new Float32Array(ARKIT_COUNT);

/** What a face shows of an emotion, by the index of the ARKit shape. Neutral for one that is not known. */
export function moodVector(emotion: string): Float32Array {
  return VECTORS.get(emotion) ?? NEUTRAL;
}

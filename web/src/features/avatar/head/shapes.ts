import type { ArkitName } from '../face/arkit';
import { VISEMES, type Viseme } from '../speech/visemes';
import type { Movement } from './movements';

type Recipe = Partial<Record<Movement, number>>;

/** The lips of each sound. The jaw is not in them: it has a course of its own (`jawOpen`), slower than theirs. */
const SPEECH: Record<Viseme, Recipe> = {
  sil: {},
  pp: { press: 1 },
  ff: { tuck: 1, raise: 0.35, widen: 0.1 },
  th: { raise: 0.35, drop: 0.45, widen: 0.1 },
  dd: { raise: 0.35, drop: 0.4, widen: 0.15 },
  kk: { raise: 0.3, drop: 0.3, widen: 0.1 },
  ch: { funnel: 0.85, narrow: 0.4, raise: 0.25, drop: 0.25 },
  ss: { widen: 0.5, raise: 0.4, drop: 0.5 },
  nn: { raise: 0.3, drop: 0.35, widen: 0.1 },
  rr: { funnel: 0.45, narrow: 0.45 },
  aa: { raise: 0.45, drop: 0.3, widen: 0.1 },
  e: { widen: 0.5, raise: 0.4, drop: 0.35 },
  ih: { widen: 0.65, raise: 0.4, drop: 0.4 },
  oh: { narrow: 0.6, funnel: 0.7, raise: 0.7 },
  ou: { narrow: 0.95, funnel: 0.7, raise: 0.35 },
};

/** What the moods do to the skin. Lids and brows are parts of their own, moved without morphs. */
const MOODS: Partial<Record<ArkitName, Recipe>> = {
  jawOpen: { jaw: 1 },
  mouthClose: { close: 1 },
  mouthPucker: { narrow: 0.9, funnel: 0.35 },
  mouthSmileLeft: { smileLeft: 1 },
  mouthSmileRight: { smileRight: 1 },
  mouthFrownLeft: { frownLeft: 1 },
  mouthFrownRight: { frownRight: 1 },
  mouthPressLeft: { press: 0.5 },
  mouthPressRight: { press: 0.5 },
  cheekSquintLeft: { cheekLeft: 1 },
  cheekSquintRight: { cheekRight: 1 },
  cheekPuff: { puff: 1 },
  noseSneerLeft: { sneerLeft: 1 },
  noseSneerRight: { sneerRight: 1 },
};

export interface Shape {
  readonly recipe: Recipe;
  /** The index among the visemes, or among the ARKit shapes by name. */
  readonly viseme?: number;
  readonly arkit?: ArkitName;
}

/** Every morph of the skin, in the order of its targets. Silence needs none. */
export const SHAPES: readonly Shape[] = [
  ...VISEMES.flatMap((name, viseme) => (name === 'sil' ? [] : [{ recipe: SPEECH[name], viseme }])),
  ...Object.entries(MOODS).map(([name, recipe]) => ({ recipe, arkit: name as ArkitName })),
];

import { visemes, type Viseme } from '@/voice/protocol/serverMessages';

/** The shapes in the protocol's order, which is that of every array of weights here. */
export const VISEMES = visemes;
export type { Viseme };

export const VISEME_COUNT = VISEMES.length;

const INDEX: ReadonlyMap<string, number> = new Map(VISEMES.map((name, index) => [name, index]));

/** The place of a shape in the arrays; silence for a name that is none. */
export function visemeIndex(name: string): number {
  return INDEX.get(name) ?? 0;
}

/** What modellers call the shapes' morph targets. */
export const VISEME_MORPHS: readonly string[] = [
  'viseme_sil', 'viseme_PP', 'viseme_FF', 'viseme_TH', 'viseme_DD', 'viseme_kk', 'viseme_CH', 'viseme_SS', 'viseme_nn', 'viseme_RR', 'viseme_aa', 'viseme_E', 'viseme_I', 'viseme_O', 'viseme_U',
];

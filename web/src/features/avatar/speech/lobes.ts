import { VISEMES, type Viseme } from './visemes';

/** How a shape reaches beyond its own sound, in seconds, and how it fares against its neighbours. */
export interface Lobe {
  /** How long before its sound the lips begin to form it. */
  readonly lead: number;
  /** How long after its sound they still show it. */
  readonly lag: number;
  /** What it weighs against the shapes around it. */
  readonly strength: number;
  /** How far the jaw drops, 0 to 1. */
  readonly jaw: number;
}

/*
 * Lips form the next vowel while the consonant before it still sounds, so vowels reach far and yield; what must be seen to be
 * understood (lips on lips, teeth on lip) is short and prevails. The lengths are of the order that TalkingHead (met4citizen, MIT) uses.
 */
const vowel = (jaw: number): Lobe => ({ lead: 0.11, lag: 0.08, strength: 1, jaw });
const rounded = (jaw: number): Lobe => ({ lead: 0.14, lag: 0.09, strength: 1.3, jaw });
const tongue = (jaw: number): Lobe => ({ lead: 0.055, lag: 0.045, strength: 0.7, jaw });

const LOBES: Record<Viseme, Lobe> = {
  sil: { lead: 0.05, lag: 0.09, strength: 0.8, jaw: 0 },
  pp: { lead: 0.06, lag: 0.045, strength: 4, jaw: 0.06 },
  ff: { lead: 0.06, lag: 0.045, strength: 3, jaw: 0.1 },
  th: { lead: 0.06, lag: 0.05, strength: 1.4, jaw: 0.2 },
  dd: tongue(0.18),
  kk: tongue(0.26),
  ch: { lead: 0.08, lag: 0.06, strength: 1.5, jaw: 0.16 },
  ss: { lead: 0.06, lag: 0.05, strength: 1.2, jaw: 0.08 },
  nn: tongue(0.2),
  rr: { lead: 0.08, lag: 0.06, strength: 1.1, jaw: 0.22 },
  aa: vowel(0.85),
  e: vowel(0.5),
  ih: vowel(0.3),
  oh: rounded(0.5),
  ou: rounded(0.16),
};

const column = (of: (lobe: Lobe) => number): Float32Array => Float32Array.from(VISEMES, (name) => of(LOBES[name]));

/** The lobes as columns, by the index of the shape. */
export const LEAD = column((l) => l.lead);
export const LAG = column((l) => l.lag);
export const STRENGTH = column((l) => l.strength);
export const JAW = column((l) => l.jaw);

/** The jaw is heavier than the lips: it begins sooner and comes back later by this much. */
export const JAW_LEAD = 0.05;
export const JAW_LAG = 0.06;

/** Beyond these no shape reaches. */
export const LONGEST_LEAD = Math.max(...LEAD) + JAW_LEAD;
export const LONGEST_LAG = Math.max(...LAG) + JAW_LAG;

/** Shapes at which the lips touch something: 1 for those, 0 for the others. */
export const CLOSES = Float32Array.from(VISEMES, (name) => (name === 'pp' || name === 'ff' ? 1 : 0));

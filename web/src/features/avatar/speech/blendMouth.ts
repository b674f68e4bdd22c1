import { CLOSES, JAW, JAW_LAG, JAW_LEAD, LAG, LEAD, LONGEST_LAG, LONGEST_LEAD, STRENGTH } from './lobes';
import type { VisemeTrack } from './VisemeTrack';
import { VISEME_COUNT, visemeIndex } from './visemes';

/** How a mouth stands. Written again and again: read it, don't keep it. */
export interface MouthPose {
  /** By the index of the shape, each 0 to 1, together at most 1. */
  readonly shapes: Float32Array;
  /** How far the jaw hangs, 0 to 1. */
  jaw: number;
  /** 1 where the lips must touch, or teeth and lip. */
  closure: number;
  /** Where the search of the track begins; it makes the next look quick and changes nothing else. */
  cursor: number;
}

export function createMouthPose(): MouthPose {
  return { shapes: new Float32Array(VISEME_COUNT), jaw: 0, closure: 0, cursor: 0 };
}

const PRESSED = visemeIndex('pp');
const TUCKED = visemeIndex('ff');

/** What rest weighs, so that a mouth between two clauses closes. */
const REST = 0.02;

/**
 * The mouth at a moment of a track, by blending dominances (Cohen and Massaro 1993): each shape has a lobe around its sound, and the
 * lobes share the mouth by their heights. Closures do not share: lips that are closed are closed. Pure: the same moment gives the same
 * mouth, whatever was asked before. It allocates nothing.
 * @param sample where the listener is in the track.
 */
export function blendMouth(track: VisemeTrack, sample: number, pose: MouthPose): void {
  const { shapes } = pose;
  shapes.fill(0);
  const rate = track.sampleRate;
  seek(track, sample, pose);

  let total = REST;
  let closure = 0;
  let pressed = 0;
  let jaw = 0;
  let jawTotal = REST;
  const horizon = sample + LONGEST_LEAD * rate;
  for (let i = pose.cursor; i < track.length && track.starts[i]! < horizon; i++) {
    const viseme = track.visemes[i]!;
    const before = (track.starts[i]! - sample) / rate;
    const after = (sample - track.ends[i]!) / rate;
    const weight = track.weights[i]!;

    const height = lobe(before, after, LEAD[viseme]!, LAG[viseme]!);
    const dominance = height * STRENGTH[viseme]!;
    total += dominance;
    if (CLOSES[viseme] === 1) {
      shapes[viseme]! += dominance;
      closure = Math.max(closure, height);
      if (viseme === PRESSED) pressed = Math.max(pressed, height);
    } else {
      shapes[viseme]! += dominance * weight;
    }

    const pull = lobe(before, after, LEAD[viseme]! + JAW_LEAD, LAG[viseme]! + JAW_LAG);
    jaw += pull * JAW[viseme]! * weight;
    jawTotal += pull;
  }

  // Lips that are pressed together leave none to be tucked under the teeth.
  const yielded = shapes[TUCKED]! * pressed * pressed;
  shapes[TUCKED]! -= yielded;
  divide(shapes, total - yielded, closure);
  pose.closure = closure;
  pose.jaw = jaw / jawTotal;
}

/** The mouth of somebody who says nothing. */
export function restMouth(pose: MouthPose): void {
  pose.shapes.fill(0);
  pose.shapes[0] = 1;
  pose.jaw = 0;
  pose.closure = 0;
}

/** Divides the mouth among the shapes: those that close take what they need, the others share what is left, and rest has the remainder. */
function divide(shapes: Float32Array, total: number, closure: number): void {
  let closing = 0;
  for (let v = 0; v < VISEME_COUNT; v++) closing += CLOSES[v]! * shapes[v]!;
  const closed = Math.max(closure, closing / total);
  const forClosing = closing > 0 ? closed / closing : 0;
  const forOpen = (1 - closed) / (total - closing);
  let given = 0;
  for (let v = 0; v < VISEME_COUNT; v++) {
    shapes[v]! *= CLOSES[v] === 1 ? forClosing : forOpen;
    given += shapes[v]!;
  }
  shapes[0]! += Math.max(0, 1 - given);
}

/** 1 during the sound, rising to it and falling from it along half a cosine; 0 beyond. Both times in seconds, negative inside. */
function lobe(before: number, after: number, lead: number, lag: number): number {
  if (before > 0) return before < lead ? half(before / lead) : 0;
  if (after > 0) return after < lag ? half(after / lag) : 0;
  return 1;
}

/** From 1 at 0 to 0 at 1, flat at both ends. */
function half(x: number): number {
  return 1 - x * x * (3 - 2 * x);
}

function seek(track: VisemeTrack, sample: number, pose: MouthPose): void {
  const past = sample - LONGEST_LAG * track.sampleRate;
  let i = Math.min(pose.cursor, track.length);
  while (i > 0 && track.ends[i - 1]! > past) i--;
  while (i < track.length && track.ends[i]! <= past) i++;
  pose.cursor = i;
}

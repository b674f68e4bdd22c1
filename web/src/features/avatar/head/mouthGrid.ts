import { smoothstep } from '../life/motion';
import { MOUTH, skinAt, type Point } from './skull';

/** The skin's vertices stand in closed rings around the mouth, as modellers lay them: the first is the slit of the lips, the last the back of the head. */
export const SEGMENTS = 128;

/** A place on the skin, as the mouth sees it. */
export interface Place {
  /** Across and up from the middle of the slit, along the skin. */
  readonly u: number;
  readonly v: number;
  /** Height over the slit, measured across the rings; 0 on the lips' edge and inside. */
  readonly height: number;
  /** 1 straight below the slit, 0 at its corners, -1 straight above. */
  readonly below: number;
  /** How deep inside the mouth, 0 on the outside. */
  readonly depth: number;
  readonly point: Readonly<Point>;
}

/** Where one ring lies: `depth` is inside the mouth. */
interface Ring {
  readonly height: number;
  readonly depth: number;
}

const DEEPEST = 0.5;
const INSIDE = [DEEPEST, 0.42, 0.32, 0.22, 0.12, 0.05, 0.018];
/** Rings lie dense on the lips, less so up to the eyes, and wide apart under the hair. */
const STEPS: readonly (readonly [until: number, rings: number])[] = [[0.13, 14], [0.82, 40], [1.2, 14], [2.74, 12]];
/** What one radian on the skull measures on the skin. */
const RADIAN = 0.88;

function rings(): Ring[] {
  const all: Ring[] = INSIDE.map((depth) => ({ height: 0, depth }));
  all.push({ height: 0, depth: 0 });
  let from = 0;
  for (const [until, count] of STEPS) {
    for (let i = 1; i <= count; i++) all.push({ height: from + ((until - from) * i) / count, depth: 0 });
    from = until;
  }
  return all;
}

/** All places, ring by ring; and how many rings there are. */
export function mouthGrid(): { places: Place[]; ringCount: number } {
  const all = rings();
  return { places: all.flatMap((ring) => Array.from({ length: SEGMENTS }, (_, i) => place(ring, (i / SEGMENTS) * 2 * Math.PI))), ringCount: all.length };
}

/** Rings are confocal ellipses: around a slit they are what circles are around a point. */
function place(ring: Ring, angle: number): Place {
  const c = MOUTH.halfWidth;
  const mu = Math.asinh(ring.height / c);
  const u = c * Math.cosh(mu) * Math.cos(angle);
  const v = c * Math.sinh(mu) * Math.sin(angle);
  const point: Point = [0, 0, 0];
  skinAt(...direction(u, v + restCurve(u, ring.height)), point);
  const below = -Math.sin(angle);
  const lip = lipProfile(u / c, ring.height, below);
  point[2] += lip;
  if (ring.depth > 0) inside(point, ring.depth, below);
  return { u, v, height: ring.height, below, depth: ring.depth, point };
}

/** A mouth at rest smiles a little: its corners lie higher. */
function restCurve(u: number, height: number): number {
  const across = u / MOUTH.halfWidth;
  return 0.028 * Math.min(across * across, 1.4) * Math.exp(-((height / 0.16) ** 2));
}

/** How far the lips stand out. */
function lipProfile(across: number, height: number, below: number): number {
  const width = Math.max(0, 1 - across * across) ** 0.6;
  const lower = below > 0;
  const middle = lower ? 0.038 : 0.03;
  const thick = lower ? 0.036 : 0.03;
  const bow = lower ? 1 : 1 - 0.25 * Math.exp(-((across / 0.13) ** 2));
  return width * bow * (lower ? 0.043 : 0.038) * Math.exp(-(((height - middle) / thick) ** 2)) - 0.012 * Math.exp(-((height / 0.012) ** 2));
}

/** The walls of the mouth: back, apart, and together again at its end. */
function inside(point: Point, depth: number, below: number): void {
  point[1] -= below * 0.17 * Math.min(1, depth * 5) * (1 - smoothstep(0.3, DEEPEST, depth));
  point[2] -= depth;
  point[0] *= 1 - 0.35 * depth;
}

function direction(u: number, v: number): [number, number, number] {
  // The direction of the mouth from the middle of the skull, and what is up there.
  const my = MOUTH.y / 0.98;
  const mz = Math.sqrt(1 - my * my);
  const distance = Math.hypot(u, v);
  const angle = distance / RADIAN;
  const sine = distance === 0 ? 0 : Math.sin(angle) / distance;
  const cosine = Math.cos(angle);
  return [u * sine, my * cosine + mz * v * sine, mz * cosine - my * v * sine];
}

import { smoothstep } from '../life/motion';
import type { Place } from './mouthGrid';
import { MOUTH, type Point } from './skull';

const bump = (distance: number, width: number): number => Math.exp(-((distance / width) ** 2));
const c = MOUTH.halfWidth;

/** How far the chin goes down when the mouth is wide open. */
export const JAW_DROP = 0.21;

/** How much a place belongs to the lips. What is inside the mouth goes with the lip in front of it. */
const lips = ({ height }: Place, reach: number): number => bump(height, reach);
const upper = ({ below }: Place): number => Math.max(0, -below) ** 0.8;
const lower = ({ below }: Place): number => Math.max(0, below) ** 0.8;
const across = ({ u }: Place): number => Math.max(-1, Math.min(1, u / c));

/**
 * How much a place hangs on the jaw: the chin altogether, the corners of the mouth a little, the cheeks less and less. Along the lips it grows
 * evenly, which opens them as an ellipse.
 */
function onJaw({ below, u, v, height }: Place): number {
  const alongLips = Math.max(0, 0.33 + 0.67 * below);
  const onChin = smoothstep(-0.35, 0.75, below);
  return (alongLips + (onChin - alongLips) * smoothstep(0, 0.3, height)) * (1 - smoothstep(0.42, 1.05, Math.hypot(u, v)));
}

/** How much a place belongs to one corner of the mouth; side -1 is the viewer's left. */
function corner(place: Place, side: number): number {
  return bump(Math.hypot(place.u - side * c * 0.95, place.v * 0.9), 0.17);
}

function cheek(place: Place, side: number): number {
  return bump(Math.hypot(place.u - side * 0.4, place.v - 0.2), 0.17);
}

/** What single muscles do to a place of the skin, at full strength, added to `d`. Whole shapes are sums of these. */
export const MOVEMENTS = {
  jaw: (p: Place, d: Point, k: number) => {
    const w = onJaw(p) * k;
    d[1] -= JAW_DROP * w;
    d[2] -= 0.3 * JAW_DROP * w;
    d[0] -= 0.045 * k * across(p) * lips(p, 0.2);
  },
  /** Takes the lower lip back up against `jaw`, so that the lips touch. */
  close: (p: Place, d: Point, k: number) => {
    const before: Point = [0, 0, 0];
    MOVEMENTS.jaw(p, before, k);
    const w = lips(p, 0.15);
    for (let i = 0; i < 3; i++) d[i]! -= before[i]! * w;
  },
  raise: (p: Place, d: Point, k: number) => {
    const w = upper(p) * lips(p, 0.13) * k;
    d[1] += 0.06 * w;
    d[2] += 0.01 * w;
  },
  drop: (p: Place, d: Point, k: number) => {
    const w = lower(p) * lips(p, 0.12) * k;
    d[1] -= 0.085 * w;
    d[2] += 0.005 * w;
  },
  widen: (p: Place, d: Point, k: number) => {
    const w = lips(p, 0.22) * k;
    d[0] += 0.07 * w * across(p);
    d[2] -= 0.02 * w * across(p) ** 2;
  },
  narrow: (p: Place, d: Point, k: number) => {
    const w = lips(p, 0.2) * k;
    d[0] -= 0.115 * w * across(p);
    d[2] += 0.05 * w;
  },
  /** Both lips forward and apart, as a funnel. */
  funnel: (p: Place, d: Point, k: number) => {
    const w = lips(p, 0.11) * k;
    d[2] += 0.085 * w * (1 - 0.5 * across(p) ** 2);
    d[1] += (0.035 * upper(p) - 0.045 * lower(p)) * w;
  },
  /** Lips pressed on one another and rolled in. */
  press: (p: Place, d: Point, k: number) => {
    const w = bump(p.height - 0.04, 0.045) * k * (1 - 0.4 * across(p) ** 2);
    d[1] += (0.022 * lower(p) - 0.016 * upper(p)) * w;
    d[2] -= 0.02 * w + 0.012 * lips(p, 0.02) * k;
  },
  /** The lower lip under the upper teeth. */
  tuck: (p: Place, d: Point, k: number) => {
    const w = lower(p) * lips(p, 0.09) * k;
    d[1] += 0.012 * w;
    d[2] -= 0.05 * w;
  },
  smileLeft: (p: Place, d: Point, k: number) => smile(p, d, k, 1),
  smileRight: (p: Place, d: Point, k: number) => smile(p, d, k, -1),
  frownLeft: (p: Place, d: Point, k: number) => frown(p, d, k, 1),
  frownRight: (p: Place, d: Point, k: number) => frown(p, d, k, -1),
  cheekLeft: (p: Place, d: Point, k: number) => lift(p, d, k, 1),
  cheekRight: (p: Place, d: Point, k: number) => lift(p, d, k, -1),
  sneerLeft: (p: Place, d: Point, k: number) => sneer(p, d, k, 1),
  sneerRight: (p: Place, d: Point, k: number) => sneer(p, d, k, -1),
  puff: (p: Place, d: Point, k: number) => {
    for (const side of [-1, 1]) {
      const w = bump(Math.hypot(p.u - side * 0.36, p.v), 0.18) * k;
      d[0] += side * 0.06 * w;
      d[2] += 0.05 * w;
    }
  },
} satisfies Record<string, (place: Place, delta: Point, strength: number) => void>;

export type Movement = keyof typeof MOVEMENTS;

function smile(p: Place, d: Point, k: number, side: number): void {
  const w = corner(p, side) * k;
  d[0] += side * 0.062 * w;
  d[1] += 0.072 * w;
  d[2] -= 0.028 * w;
  lift(p, d, 0.55 * k, side);
}

function frown(p: Place, d: Point, k: number, side: number): void {
  const w = corner(p, side) * k;
  d[0] += side * 0.01 * w;
  d[1] -= 0.06 * w;
}

function lift(p: Place, d: Point, k: number, side: number): void {
  const w = cheek(p, side) * k;
  d[1] += 0.04 * w;
  d[2] += 0.04 * w;
}

function sneer(p: Place, d: Point, k: number, side: number): void {
  const w = bump(Math.hypot(p.u - side * 0.09, p.v - 0.24), 0.08) * k;
  d[1] += 0.03 * w;
  d[2] += 0.008 * w;
}

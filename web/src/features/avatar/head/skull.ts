import { smoothstep } from '../life/motion';

/** A point of the head, in units of about eight centimetres: x to the viewer's right, y up, z towards the viewer, the middle of the skull at 0. */
export type Point = [x: number, y: number, z: number];

/** The eyes: where they sit, how large they are, and how far the skin is open over them. `x` is that of the right one. */
export const EYE = { x: 0.315, y: 0.07, z: 0.545, radius: 0.225, halfWidth: 0.195, above: 0.135, below: 0.108 } as const;

/** The middle of the closed lips. */
export const MOUTH = { y: -0.43, halfWidth: 0.228 } as const;

const bump = (distance: number, width: number): number => Math.exp(-((distance / width) ** 2));

/** The skin in the direction (x, y, z) from the middle of the skull; the direction has length 1. Written into `out`. */
export function skinAt(dx: number, dy: number, dz: number, out: Point): void {
  let x = 0.8 * dx;
  let y = 0.98 * dy;
  let z = 0.84 * dz;
  const front = smoothstep(-0.15, 0.7, dz);

  // A round skull over a face that narrows to a small chin.
  const low = smoothstep(0.1, -0.95, y);
  x *= 1 - 0.27 * low * low;
  z += front * 0.2 * smoothstep(-0.35, -0.95, y);
  y *= 1 + 0.03 * smoothstep(-0.5, -0.9, y);
  z += 0.035 * front * bump(Math.hypot(x, y + 0.86), 0.2);
  // Full cheeks, a soft brow.
  const cheek = bump(Math.hypot(Math.abs(x) - 0.4, y + 0.27), 0.24);
  z += 0.075 * front * cheek;
  x += Math.sign(x) * 0.03 * cheek;
  z += 0.012 * front * bump(y - 0.34, 0.2) * bump(x, 0.5);
  z += front * nose(x, y);
  // The mouth stands a little forward, the face at its sides and above the chin back.
  z += front * 0.05 * bump(Math.hypot(x * 0.8, y - MOUTH.y), 0.2);
  z -= front * 0.045 * bump(Math.hypot(x * 0.7, y + 0.64), 0.09);

  out[0] = x;
  out[1] = y;
  out[2] = dz > 0.2 ? aroundEye(x, y, z) : z;
}

function nose(x: number, y: number): number {
  const along = smoothstep(0.36, -0.12, y) * (1 - smoothstep(-0.14, -0.3, y));
  const bridge = along * along * 0.1 * bump(x, 0.085 + 0.03 * along);
  const tip = 0.11 * bump(Math.hypot(x, (y + 0.13) * 0.95), 0.11);
  const wings = 0.035 * bump(Math.hypot(Math.abs(x) - 0.085, y + 0.17), 0.055);
  return bridge + tip + wings;
}

/** How far out a point lies of the opening over the nearer eye: 1 at its rim, less within. */
export function eyeDistance(x: number, y: number): number {
  const dx = (Math.abs(x) - EYE.x) / EYE.halfWidth;
  const dy = y - EYE.y - 0.02 * dx;
  return Math.hypot(dx, dy / (dy > 0 ? EYE.above : EYE.below));
}

/** Lays the skin over the eyeball. Where the eye is open the skin is cut out when it is drawn: see `skinMaterial`. */
function aroundEye(x: number, y: number, z: number): number {
  const distance = eyeDistance(x, y);
  if (distance >= 1.85) return z;
  const dx = Math.abs(x) - EYE.x;
  const dy = y - EYE.y;
  // A paraboloid: near the ball as round as a sphere, and without an end further out.
  const radius = EYE.radius * 1.1;
  const lid = EYE.z + radius - (0.4 * (dx * dx + dy * dy)) / radius;
  return z + (lid - z) * (1 - smoothstep(1, 1.85, distance));
}

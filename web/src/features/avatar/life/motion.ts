/** Where something that follows a target is after `dt` seconds; `tau` seconds bring it 63 % of the way. The same at any frame rate. */
export function approach(from: number, target: number, dt: number, tau: number): number {
  return target + (from - target) * Math.exp(-dt / tau);
}

export function clamp01(x: number): number {
  return x < 0 ? 0 : x > 1 ? 1 : x;
}

/** From 0 to 1 between the two edges, flat at both. */
export function smoothstep(from: number, to: number, x: number): number {
  const t = clamp01((x - from) / (to - from));
  return t * t * (3 - 2 * t);
}

/** One frame's time. It goes about as one object, written again and again: numbers that are passed one by one would each be put on the heap. */
export interface Tick {
  /** Milliseconds on the clock of `performance.now()`. */
  now: number;
  /** The same in seconds. */
  time: number;
  /** Seconds since the last frame, at most 0.1. */
  dt: number;
  /** How lively the face is, from 0, at rest, to 1. */
  life: number;
}

const LONGEST_STEP = 0.1;

export function createTick(): Tick {
  return { now: Number.NaN, time: Number.NaN, dt: 0, life: 0 };
}

/** Brings it to `now`. Time that runs backward stands still. */
export function advance(tick: Tick, now: number): void {
  const since = (now - tick.now) / 1000;
  tick.dt = since > 0 ? Math.min(since, LONGEST_STEP) : 0;
  tick.now = now;
  tick.time = now / 1000;
}

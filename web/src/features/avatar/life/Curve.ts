const STEPS = 64;

/** A movement over time, computed once and then looked up. */
export class Curve {
  /** Seconds. */
  readonly duration: number;
  readonly #values: Float32Array;

  /** @param of the movement over 0 to 1. */
  constructor(duration: number, of: (x: number) => number) {
    this.duration = duration;
    this.#values = Float32Array.from({ length: STEPS + 1 }, (_, i) => of(i / STEPS));
  }

  /** The value `seconds` after its begin; its first and last value beyond. */
  at(seconds: number): number {
    const x = Math.min(Math.max(seconds / this.duration, 0), 1) * STEPS;
    const i = Math.min(Math.floor(x), STEPS - 1);
    const low = this.#values[i]!;
    return low + (this.#values[i + 1]! - low) * (x - i);
  }
}

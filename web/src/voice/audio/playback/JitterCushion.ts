const shortest = 60;
// Beyond it the server waits for the playback to go on, which it lets run at most 400 ms behind.
const longest = 300;
const remembered = 128;
// Recomputing the percentile at each packet would be wasted.
const every = 16;
const spare = 20;
const decay = 0.98;

/**
 * How much audio is gathered before the playback begins: little where packets come evenly, more where they don't. It rises at once with the 95th
 * percentile of how late packets were, and sinks slowly. Milliseconds.
 */
export class JitterCushion {
  readonly #late = new Float32Array(remembered);
  readonly #sorted = new Float32Array(remembered);
  #count = 0;
  #lastArrival = Number.NaN;
  #value = shortest;

  get value(): number {
    return this.#value;
  }

  /** A packet of so many ms came. */
  arrived(now: number, duration: number): void {
    const gap = now - this.#lastArrival;
    this.#lastArrival = now;
    if (Number.isNaN(gap)) return;
    this.#late[this.#count % remembered] = Math.max(0, gap - duration);
    this.#count++;
    if (this.#count % every === 0) this.#adapt();
  }

  /** A reply begins: the time since the last packet of the one before says nothing. */
  restart(): void {
    this.#lastArrival = Number.NaN;
  }

  #adapt(): void {
    const known = Math.min(this.#count, remembered);
    const sorted = this.#sorted.subarray(0, known);
    sorted.set(this.#late.subarray(0, known));
    sorted.sort();
    const p95 = sorted[Math.floor(0.95 * (known - 1))]!;
    const wanted = Math.min(longest, Math.max(shortest, p95 + spare));
    this.#value = wanted > this.#value ? wanted : Math.max(wanted, this.#value * decay);
  }
}

/**
 * Which generations may still be heard. It only ever rises. In an isolated page the worklet reads it from shared memory at each quantum; else it is
 * told by a message.
 */
export class GenerationGate {
  readonly shared: SharedArrayBuffer | null;
  readonly #cell: Int32Array | null;
  #lowest = 0;

  constructor(isolated: boolean) {
    this.shared = isolated ? new SharedArrayBuffer(4) : null;
    this.#cell = this.shared && new Int32Array(this.shared);
  }

  /** The lowest generation that may be heard. */
  get lowest(): number {
    return this.#lowest;
  }

  lets(generation: number): boolean {
    return generation >= this.#lowest;
  }

  /** Closes the gate to a generation and all before it. */
  close(generation: number): void {
    if (generation < this.#lowest) return;
    this.#lowest = generation + 1;
    if (this.#cell) Atomics.store(this.#cell, 0, this.#lowest);
  }
}

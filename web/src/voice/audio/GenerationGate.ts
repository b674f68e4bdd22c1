import { GateCell, type Gate } from './playback/messages';

/**
 * Which generations may still be heard, which only ever rises, and which one is held. In an isolated page the worklet reads both from shared memory at
 * each quantum; else it is told by a message.
 */
export class GenerationGate implements Gate {
  readonly shared: SharedArrayBuffer | null;
  readonly #cells: Int32Array | null;
  #lowest = 0;
  #held = 0;

  constructor(isolated: boolean) {
    this.shared = isolated ? new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT) : null;
    this.#cells = this.shared && new Int32Array(this.shared);
  }

  get lowest(): number {
    return this.#lowest;
  }

  get held(): number {
    return this.#held;
  }

  lets(generation: number): boolean {
    return generation >= this.#lowest;
  }

  /** Closes the gate to a generation and all before it. */
  close(generation: number): void {
    if (generation < this.#lowest) return;
    this.#lowest = generation + 1;
    if (this.#cells) Atomics.store(this.#cells, GateCell.Lowest, this.#lowest);
  }

  /** Holds a generation at the sample where it is; 0 lets it go on. */
  hold(generation: number): void {
    this.#held = generation;
    if (this.#cells) Atomics.store(this.#cells, GateCell.Held, generation);
  }
}

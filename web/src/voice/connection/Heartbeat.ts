import type { Timers } from '../timers';

const every = 5_000;
const patience = 12_000;

/** Asks whether the other end is there, for a line that is cut in the middle says nothing by itself. */
export class Heartbeat {
  #cancel: (() => void) | null = null;
  #heardAt = 0;

  constructor(
    private readonly timers: Timers,
    private readonly ping: (t: number) => void,
    private readonly onDead: () => void,
  ) {}

  start(): void {
    this.stop();
    this.#heardAt = this.timers.now();
    this.#beat();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Something came. */
  heard(): void {
    this.#heardAt = this.timers.now();
  }

  #beat(): void {
    this.#cancel = this.timers.after(every, () => {
      if (this.timers.now() - this.#heardAt > patience) {
        this.stop();
        this.onDead();
        return;
      }
      this.ping(this.timers.now());
      this.#beat();
    });
  }
}

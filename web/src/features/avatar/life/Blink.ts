import { Curve } from './Curve';
import { smoothstep } from './motion';
import { between, type Random } from './random';
import type { Tick } from './Tick';

/** Lids fall faster than they rise. */
const BLINK = new Curve(0.26, (x) => smoothstep(0, 0.3, x) * (1 - smoothstep(0.42, 1, x)));
const SOONEST = 1.2;
const LATEST = 6.5;
const TWICE = 0.15;

/** Blinks now and then, sometimes twice. */
export class Blink {
  readonly #random: Random;
  #next: number | undefined;
  #begun = Number.NEGATIVE_INFINITY;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Blinks at once, as eyes do when they look elsewhere. */
  now({ time }: Tick): void {
    if (time - this.#begun < BLINK.duration) return;
    this.#begun = time;
    this.#next = time + (this.#random() < TWICE ? BLINK.duration + 0.08 : between(this.#random, SOONEST, LATEST));
  }

  /** How far the lids are down, 0 to 1. */
  at(tick: Tick): number {
    const { time } = tick;
    this.#next ??= time + between(this.#random, SOONEST, LATEST);
    if (time >= this.#next) this.now(tick);
    return BLINK.at(time - this.#begun);
  }
}

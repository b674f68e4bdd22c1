/** A face that nothing happens to lives on for so long, and then comes to rest. Milliseconds. */
const AWAKE = 8_000;
/** After something has happened every frame counts. */
const BRISK = 1_200;
/** Else 30 frames a second are enough: the time until the next is asked for, a little less than two frames of 60. */
const PAUSE = 24;

export interface PaceTimers {
  readonly now: () => number;
  readonly setTimeout: (callback: () => void, ms: number) => number;
  readonly clearTimeout: (id: number) => void;
}

const browserTimers: PaceTimers = {
  now: () => performance.now(),
  setTimeout: (callback, ms) => window.setTimeout(callback, ms),
  clearTimeout: (id) => window.clearTimeout(id),
};

/**
 * Says when the next frame is drawn: each one while somebody speaks, 30 a second while the face only lives, none when it rests or nobody
 * can see it.
 */
export class Pacemaker {
  readonly #draw: () => void;
  readonly #timers: PaceTimers;
  #wokenAt = Number.NEGATIVE_INFINITY;
  #timer = 0;
  #hidden = false;

  /** @param draw asks for one frame. */
  constructor(draw: () => void, timers: PaceTimers = browserTimers) {
    this.#draw = draw;
    this.#timers = timers;
  }

  /** Something happened. */
  wake(): void {
    this.#wokenAt = this.#timers.now();
    if (!this.#hidden) this.#draw();
  }

  /** Whether the face has had something to live for lately. */
  isAwake(now: number): boolean {
    return now - this.#wokenAt < AWAKE;
  }

  /** Whether nobody can see the page: nothing is drawn until they can. */
  hide(hidden: boolean): void {
    this.#hidden = hidden;
    if (hidden) this.stop();
    else this.wake();
  }

  /** A frame was drawn at `now`: when is the next? */
  next(now: number, isSpeaking: boolean, isStill: boolean): void {
    if (this.#hidden || isStill) return;
    if (isSpeaking || now - this.#wokenAt < BRISK) {
      this.#draw();
    } else if (this.#timer === 0) {
      this.#timer = this.#timers.setTimeout(this.#drawLater, PAUSE);
    }
  }

  stop(): void {
    this.#timers.clearTimeout(this.#timer);
    this.#timer = 0;
  }

  readonly #drawLater = (): void => {
    this.#timer = 0;
    this.#draw();
  };
}

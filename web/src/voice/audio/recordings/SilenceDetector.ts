// Louder than a quiet room, softer than speech.
const threshold = 0.015;
const speechMs = 200;
const silenceMs = 1200;

/** Says when a sentence is over: something was said, and then nothing for 1.2 s. */
export class SilenceDetector {
  #spoken = 0;
  #silentSince = Number.NaN;
  #last = Number.NaN;

  /** Takes a level, 0 to 1, at a time in ms. True once it is over. */
  isOver(rms: number, now: number): boolean {
    const passed = Number.isNaN(this.#last) ? 0 : now - this.#last;
    this.#last = now;
    if (rms >= threshold) {
      this.#spoken += passed;
      this.#silentSince = Number.NaN;
      return false;
    }
    if (Number.isNaN(this.#silentSince)) this.#silentSince = now;
    return this.#spoken >= speechMs && now - this.#silentSince >= silenceMs;
  }
}

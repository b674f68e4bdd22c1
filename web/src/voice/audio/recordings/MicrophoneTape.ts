/**
 * The newest of what went to the server from the microphone, by the server's own time: milliseconds of audio since the line was opened. So what belongs to a
 * turn can be cut out when the server says when it was.
 */
export class MicrophoneTape {
  readonly #samples: Int16Array;
  #written = 0;

  constructor(
    readonly rate: number,
    seconds = 90,
  ) {
    this.#samples = new Int16Array(rate * seconds);
  }

  /** The server counts from zero again. */
  restart(): void {
    this.#written = 0;
  }

  write(samples: Int16Array): void {
    const at = this.#written % this.#samples.length;
    const fits = Math.min(samples.length, this.#samples.length - at);
    this.#samples.set(samples.subarray(0, fits), at);
    this.#samples.set(samples.subarray(fits), 0);
    this.#written += samples.length;
  }

  /** A copy of what was said between two moments, as far as it is still there; null where nothing is. */
  cut(fromMs: number, toMs: number): Int16Array | null {
    const toSamples = (ms: number) => Math.round((ms * this.rate) / 1000);
    const start = Math.max(0, this.#written - this.#samples.length, toSamples(fromMs));
    const end = Math.min(this.#written, toSamples(toMs));
    if (end <= start) return null;
    const at = start % this.#samples.length;
    const clip = new Int16Array(end - start);
    const first = this.#samples.subarray(at, Math.min(this.#samples.length, at + clip.length));
    clip.set(first);
    clip.set(this.#samples.subarray(0, clip.length - first.length), first.length);
    return clip;
  }
}

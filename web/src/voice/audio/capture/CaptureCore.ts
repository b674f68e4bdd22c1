import { PolyphaseResampler } from '../PolyphaseResampler';

/** 20 ms at 16 kHz: what the server likes best. */
export const captureRate = 16_000;
export const frameSamples = 320;

/** 20 ms of the microphone. */
export interface CapturedFrame {
  /** Handed over; give it back to be filled again. */
  readonly samples: Int16Array<ArrayBuffer>;
  /** Root mean square and peak, 0 to 1, for the meter. */
  readonly rms: number;
  readonly peak: number;
}

// As many frames may be on their way at once before new ones are made.
const pooled = 16;

/** What the capture worklet does, without the worklet: the device's samples become frames of 20 ms at 16 kHz. */
export class CaptureCore {
  readonly #resampler: PolyphaseResampler;
  readonly #pool: Int16Array<ArrayBuffer>[] = [];
  #frame = new Int16Array(frameSamples);
  #filled = 0;
  #squares = 0;
  #peak = 0;

  constructor(
    deviceRate: number,
    private readonly emit: (frame: CapturedFrame) => void,
  ) {
    this.#resampler = new PolyphaseResampler(deviceRate, captureRate);
  }

  /** Takes a quantum of the device. */
  process(input: Float32Array): void {
    for (const sample of input) {
      this.#resampler.write(sample);
      while (this.#resampler.ready) this.#put(this.#resampler.read());
    }
  }

  /** Takes a frame back. */
  recycle(samples: Int16Array<ArrayBuffer>): void {
    if (samples.length === frameSamples && this.#pool.length < pooled) this.#pool.push(samples);
  }

  #put(sample: number): void {
    const value = Math.max(-1, Math.min(1, sample));
    this.#frame[this.#filled++] = Math.round(value * (value < 0 ? 32768 : 32767));
    this.#squares += value * value;
    this.#peak = Math.max(this.#peak, Math.abs(value));
    if (this.#filled === frameSamples) this.#flush();
  }

  #flush(): void {
    this.emit({ samples: this.#frame, rms: Math.sqrt(this.#squares / frameSamples), peak: this.#peak });
    this.#frame = this.#pool.pop() ?? new Int16Array(frameSamples);
    this.#filled = this.#squares = this.#peak = 0;
  }
}

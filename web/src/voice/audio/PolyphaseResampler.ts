// Zero crossings of the sinc on each side, at the lower rate, and the shape of its window: 80 dB down beyond the transition.
const crossings = 16;
const kaiserBeta = 8;
// The pass band ends a little below half the rate, for no filter is vertical.
const passBand = 0.92;

/**
 * Brings samples from one rate to another by a windowed sinc, of which only the coefficients that meet an input are kept: one row for each
 * place that an output can have between two inputs. Without the filter what is too high for the lower rate would come back as a whistle.
 *
 * Streaming: `write` inputs until `ready`, then `read` outputs until it is not. Nothing is allocated after the constructor.
 */
export class PolyphaseResampler {
  /** By how many input samples the output is late. */
  readonly delay: number;
  readonly #steps: number;
  readonly #step: number;
  readonly #taps: number;
  readonly #rows: Float32Array;
  // Twice as long as needed, each sample in both halves, so that the newest `taps` of them always lie in one piece.
  readonly #history: Float32Array;
  #at = 0;
  #phase = 0;
  #missing: number;

  /** Both rates in Hz, whole numbers. */
  constructor(from: number, to: number) {
    const divisor = gcd(from, to);
    this.#steps = to / divisor;
    this.#step = from / divisor;
    const ratio = Math.min(1, to / from);
    this.delay = from === to ? 0 : Math.ceil(crossings / ratio);
    this.#taps = 2 * this.delay + 1;
    this.#rows = rowsOf(this.#steps, this.#taps, from === to ? 1 : ratio * passBand);
    this.#history = new Float32Array(2 * this.#taps);
    this.#missing = this.delay + 1;
  }

  /** Whether an output can be read before the next input. */
  get ready(): boolean {
    return this.#missing <= 0;
  }

  write(sample: number): void {
    this.#history[this.#at] = this.#history[this.#at + this.#taps] = sample;
    this.#at = this.#at + 1 === this.#taps ? 0 : this.#at + 1;
    this.#missing--;
  }

  read(): number {
    const row = this.#phase * this.#taps;
    let sum = 0;
    for (let k = 0; k < this.#taps; k++) sum += this.#history[this.#at + k]! * this.#rows[row + k]!;
    this.#phase += this.#step;
    const whole = Math.floor(this.#phase / this.#steps);
    this.#missing += whole;
    this.#phase -= whole * this.#steps;
    return sum;
  }

  /** Forgets all inputs, for a stream that begins. */
  reset(): void {
    this.#history.fill(0);
    this.#phase = 0;
    this.#missing = this.delay + 1;
  }
}

function rowsOf(steps: number, taps: number, cutoff: number): Float32Array {
  const rows = new Float32Array(steps * taps);
  const half = (taps - 1) / 2;
  for (let phase = 0; phase < steps; phase++) {
    const row = rows.subarray(phase * taps, (phase + 1) * taps);
    for (let k = 0; k < taps; k++) {
      const distance = k - half - phase / steps;
      row[k] = sinc(cutoff * distance) * kaiser(distance / (half + 1));
    }
    // Each row lets a constant through as it is; otherwise the rows' differences would be heard as a tone.
    const sum = row.reduce((total, value) => total + value, 0);
    for (let k = 0; k < taps; k++) row[k] = row[k]! / sum;
  }
  return rows;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Kaiser's window at a place from -1 to 1. */
function kaiser(x: number): number {
  return x * x >= 1 ? 0 : bessel(kaiserBeta * Math.sqrt(1 - x * x)) / bessel(kaiserBeta);
}

/** The modified Bessel function of order zero, by its series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > 1e-9 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

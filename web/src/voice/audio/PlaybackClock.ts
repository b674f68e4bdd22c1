/** Where the listener is. One object is used again at each call: read it, don't keep it. */
export interface HeardPosition {
  generation: number;
  /** Samples of the generation that have been heard, at `rate`; not whole. */
  sample: number;
  /** Samples a second in which `sample` counts. */
  rate: number;
  /** False while the voice is held or late: the position stands still. */
  playing: boolean;
}

/** What a point of the playback says of the time behind it. */
export const enum Motion {
  /** The position stands: held, or nothing to play. */
  Still = 0,
  Moving = 1,
  /** The generation is over: nothing is heard any more. */
  Over = 2,
}

const points = 128;
// The worklet tells its position every 20 ms; when it is silent for longer the position is not carried on into the blue.
const longestSilence = 0.15;

/**
 * The one clock of all that moves with the voice: lips, words, reports to the server. It knows which sample was given to the device at
 * which time of the audio context, and which time of the context the ear is at. So what is read from it can't drift: after an underrun,
 * a hold or a change of the device the samples say where the voice is.
 *
 * Nothing is allocated by `heard`. Times of the page are `performance.now()`, in ms; times of the context are seconds.
 */
export class PlaybackClock {
  readonly #time = new Float64Array(points);
  readonly #generation = new Float64Array(points);
  readonly #sample = new Float64Array(points);
  readonly #rate = new Float64Array(points);
  readonly #pace = new Float64Array(points);
  readonly #motion = new Uint8Array(points);
  readonly #position: HeardPosition = { generation: 0, sample: 0, rate: 16_000, playing: false };
  #newest = -1;
  #count = 0;
  #heardTime = 0;
  #heardTimeAt = 0;

  /**
   * Notes that at a time of the context the device was given `sample` samples of a generation, and how it goes on.
   * @param pace How fast it goes against the voice as it was made; below 1 for a slow replay.
   */
  record(time: number, generation: number, sample: number, rate: number, motion: Motion, pace = 1): void {
    const i = (this.#newest + 1) % points;
    this.#time[i] = time;
    this.#generation[i] = generation;
    this.#sample[i] = sample;
    this.#rate[i] = rate;
    this.#pace[i] = pace;
    this.#motion[i] = motion;
    this.#newest = i;
    this.#count = Math.min(points, this.#count + 1);
  }

  /** Notes that at `now` of the page the ear is at a time of the context. */
  align(heardTime: number, now: number): void {
    this.#heardTime = heardTime;
    this.#heardTimeAt = now;
  }

  /** What is heard now; null while there is no voice. */
  heard(now: number): Readonly<HeardPosition> | null {
    return this.#at(this.#heardTime + (now - this.#heardTimeAt) / 1000);
  }

  /** What was last given to the device, some milliseconds before it is heard; null before the first. */
  given(): Readonly<HeardPosition> | null {
    if (this.#count === 0) return null;
    return this.#fill(this.#newest, this.#sample[this.#newest]!);
  }

  #at(time: number): Readonly<HeardPosition> | null {
    let next = -1;
    for (let back = 0, i = this.#newest; back < this.#count; back++, i = (i + points - 1) % points) {
      if (this.#time[i]! <= time) return this.#from(i, next, time);
      next = i;
    }
    return null;
  }

  #from(i: number, next: number, time: number): Readonly<HeardPosition> | null {
    const motion = this.#motion[i]!;
    if (motion === Motion.Over) return null;
    const start = this.#sample[i]!;
    if (motion === Motion.Still) return this.#fill(i, start);
    const passed = next < 0 ? Math.min(time - this.#time[i]!, longestSilence) : time - this.#time[i]!;
    let sample = start + passed * this.#rate[i]! * this.#pace[i]!;
    // Never beyond what the device was given.
    if (next >= 0 && this.#generation[next] === this.#generation[i]) sample = Math.min(sample, Math.max(start, this.#sample[next]!));
    return this.#fill(i, sample);
  }

  #fill(i: number, sample: number): Readonly<HeardPosition> {
    this.#position.generation = this.#generation[i]!;
    this.#position.sample = sample;
    this.#position.rate = this.#rate[i]!;
    this.#position.playing = this.#motion[i] === Motion.Moving;
    return this.#position;
  }
}

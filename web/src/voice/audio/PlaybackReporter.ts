import type { ClientMessage } from '../protocol/clientMessages';
import type { Timers } from '../timers';
import { Motion, type PlaybackClock } from './PlaybackClock';
import type { PlaybackReport } from './playback/messages';

const every = 150;
// How often it is looked whether the last sample has reached the ear.
const settling = 20;

type Playback = Extract<ClientMessage, { type: 'playback' }>;

/**
 * Tells the server how far the user has heard, at least every 200 ms while a reply lasts. A voice that stands, held or for want of sound, is told
 * too: the server then doesn't run ahead of it. Where a reply was cut the very position is told, for the worklet alone knows it.
 */
export class PlaybackReporter {
  #generation = 0;
  #motion: Motion = Motion.Still;
  #sample = 0;
  #cut = false;
  #cancel: (() => void) | null = null;

  constructor(
    private readonly clock: PlaybackClock,
    private readonly timers: Timers,
    private readonly send: (message: Playback) => void,
  ) {}

  /** Audio of a generation has come: from now on it is reported. */
  began(generation: number): void {
    if (generation <= this.#generation) return;
    this.#generation = generation;
    this.#motion = Motion.Still;
    this.#sample = 0;
    this.#cut = false;
    this.#again(every);
  }

  /** The worklet says where it is. */
  reported(report: PlaybackReport): void {
    if (report.generation !== this.#generation) return;
    const before = this.#motion;
    this.#motion = report.motion;
    this.#sample = report.sample;
    if (this.#cut) {
      if (report.motion === Motion.Over) this.#say(report.sample, 'stopped');
    } else if (report.motion === Motion.Over) {
      this.#settle();
    } else if (before !== report.motion) {
      // The moment of holding and of going on is told at once: the server waits for it.
      this.#tell();
    }
  }

  /** A generation and all before it were cut, or have no audio. */
  stop(generation: number): void {
    if (generation < this.#generation) return;
    const known = generation === this.#generation && this.#cancel !== null;
    this.#generation = generation;
    this.#cut = true;
    this.#rest();
    if (known && this.#motion !== Motion.Moving) this.#say(this.#sample, 'stopped');
  }

  #tick(): void {
    this.#tell();
    this.#again(every);
  }

  #tell(): void {
    if (this.#motion !== Motion.Moving) return this.#say(this.#sample, 'stopped');
    const heard = this.clock.heard(this.timers.now());
    if (heard?.generation === this.#generation) this.#say(heard.sample, 'playing');
  }

  /** Everything was given to the device: finished once it was heard. */
  #settle(): void {
    if (this.clock.heard(this.timers.now())?.generation === this.#generation) return this.#again(settling, () => this.#settle());
    this.#rest();
    this.#say(this.#sample, 'finished');
  }

  #again(ms: number, call: () => void = () => this.#tick()): void {
    this.#cancel?.();
    this.#cancel = this.timers.after(ms, call);
  }

  #rest(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #say(sample: number, state: 'playing' | 'stopped' | 'finished'): void {
    this.send({ type: 'playback', generation_id: this.#generation, played_samples: Math.max(0, Math.round(sample)), state });
  }
}

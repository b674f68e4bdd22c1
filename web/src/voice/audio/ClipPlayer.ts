import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AudioEngine } from './AudioEngine';
import { Motion, type PlaybackClock } from './PlaybackClock';
import type { Clip } from './recordings/Clip';
import { timeStretch } from './recordings/timeStretch';
import { alignClock } from './Speaker';

/** What is played again, and how. */
export interface Replay {
  readonly clip: Clip;
  /** By which a button knows that it is its own sound that plays. */
  readonly name: string;
  /** Below 1 is slower. */
  readonly pace?: number;
  /** Where the clip is from, so that the mouth and the words go along. */
  readonly of?: { readonly generation: number; readonly sample: number };
}

/** Plays clips beside the call, one at a time. */
export class ClipPlayer {
  /** The name of what plays; null while nothing does. */
  readonly playing: StoreApi<{ readonly name: string | null }> = createStore<{ name: string | null }>(() => ({ name: null }));
  #stop: (() => void) | null = null;

  constructor(
    private readonly engine: AudioEngine,
    private readonly clock: PlaybackClock,
  ) {}

  /** Plays a clip, in place of the one that plays. Resolves when it is over or was stopped. */
  async play({ clip, name, pace = 1, of }: Replay): Promise<void> {
    this.stop();
    const { context } = await this.engine.start();
    const samples = timeStretch(clip.samples, clip.rate, pace);
    if (samples.length === 0) return;
    const buffer = context.createBuffer(1, samples.length, clip.rate);
    buffer.copyToChannel(samples as Float32Array<ArrayBuffer>, 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.start();
    this.playing.setState({ name });
    const begin = context.currentTime;
    alignClock(this.clock, context);
    const mark = (motion: Motion) => {
      if (!of) return;
      const played = Math.min(clip.samples.length, Math.max(0, context.currentTime - begin) * clip.rate * pace);
      this.clock.record(context.currentTime, of.generation, of.sample + played, clip.rate, motion, pace);
    };
    mark(Motion.Moving);
    // The clock doesn't carry a position far by itself.
    const ticking = of && setInterval(() => mark(Motion.Moving), 50);
    await new Promise<void>((resolve) => {
      this.#stop = () => {
        source.stop();
        resolve();
      };
      source.addEventListener('ended', () => resolve(), { once: true });
    });
    clearInterval(ticking);
    mark(Motion.Over);
    source.disconnect();
    if (this.playing.getState().name === name) this.playing.setState({ name: null });
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }
}

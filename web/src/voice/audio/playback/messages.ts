import type { Motion } from '../PlaybackClock';

/** To the playback worklet. */
export type PlaybackCommand =
  /** `samples` lies in a buffer that is handed over. */
  | { readonly type: 'audio'; readonly generation: number; readonly offset: number; readonly rate: number; readonly samples: Int16Array }
  /** All audio of the generation has come, so many samples. */
  | { readonly type: 'end'; readonly generation: number; readonly samples: number }
  | { readonly type: 'hold'; readonly generation: number }
  | { readonly type: 'release' }
  /** For want of shared memory: nothing of an older generation is played any more. */
  | { readonly type: 'gate'; readonly lowest: number };

/** From the playback worklet: at a frame of the context the device was given so many samples of a generation. */
export interface PlaybackReport {
  readonly frame: number;
  readonly generation: number;
  readonly sample: number;
  readonly rate: number;
  readonly motion: Motion;
  readonly health: PlaybackHealth;
}

/** How well the voice comes through. */
export interface PlaybackHealth {
  readonly bufferedMs: number;
  readonly cushionMs: number;
  /** How often the voice stopped for want of audio. */
  readonly underruns: number;
  /** Packets that came too late for their generation, or twice. */
  readonly stale: number;
}

/** What the worklet is made with. */
export interface PlaybackOptions {
  /** One Int32: the lowest generation that may be heard. Null where the page is not isolated. */
  readonly gate: SharedArrayBuffer | null;
}

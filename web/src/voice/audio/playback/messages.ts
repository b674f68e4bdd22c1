import type { Motion } from '../PlaybackClock';

/** To the playback worklet. */
export type PlaybackCommand =
  /** `samples` lies in a buffer that is handed over. */
  | { readonly type: 'audio'; readonly generation: number; readonly offset: number; readonly rate: number; readonly samples: Int16Array }
  /** All audio of the generation has come, so many samples. */
  | { readonly type: 'end'; readonly generation: number; readonly samples: number }
  /** For want of shared memory. */
  | ({ readonly type: 'gate' } & Gate);

/** What may be heard. */
export interface Gate {
  /** The lowest generation that may be heard; what is older is over. */
  readonly lowest: number;
  /** The generation that stands still at the sample where it is; 0: none. */
  readonly held: number;
}

/** Where each of the gate's numbers lies in shared memory. */
export const enum GateCell {
  Lowest = 0,
  Held = 1,
}

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
  /** Two Int32, by `GateCell`. Null where the page is not isolated. */
  readonly gate: SharedArrayBuffer | null;
}

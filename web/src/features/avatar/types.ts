import type { HeardPosition } from '@/voice/audio/PlaybackClock';
import type { VisemeItem } from '@/voice/conversation/VisemeTracks';

/** What the mouth follows. Asked once a frame, so it must not allocate. */
export interface SpeechSource {
  /** What is heard at `now`, on the clock of `performance.now()`; null while there is no voice. */
  heard(now: number): Readonly<HeardPosition> | null;
  /** The mouth shapes of a reply; they only grow. Undefined where none are known. */
  track(generation: number): { readonly rate: number; readonly items: readonly VisemeItem[] } | undefined;
  /** How loud the voice is, 0 to 1 (RMS). Absent where nobody measures. */
  level?(): number;
}

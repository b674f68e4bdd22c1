import type { HeardPosition } from '@/voice/audio/PlaybackClock';
import type { VisemeItem } from '@/voice/conversation/VisemeTracks';
import type { Phase } from '@/voice/protocol/serverMessages';

/** What the mouth follows. Asked once a frame, so it must not allocate. */
export interface SpeechSource {
  /** What is heard at `now`, on the clock of `performance.now()`; null while there is no voice. */
  heard(now: number): Readonly<HeardPosition> | null;
  /** The mouth shapes of a reply; they only grow. Undefined where none are known. */
  track(generation: number): { readonly rate: number; readonly items: readonly VisemeItem[] } | undefined;
  /** How loud the voice is, 0 to 1 (RMS). Absent where nobody measures. */
  level?(): number;
}

/** What the conversation tells the face. */
export interface FaceCues {
  readonly phase: Phase;
  /** As the protocol's `emotion_tag`; a name that the face does not know is neutral. */
  readonly emotion: string;
  /** 0 to 1. */
  readonly intensity: number;
  /** The words being said are a question. */
  readonly asking: boolean;
  /** The user makes sounds. */
  readonly userSpeaking: boolean;
}

export const quietCues: FaceCues = { phase: 'idle', emotion: 'neutral', intensity: 0, asking: false, userSpeaking: false };

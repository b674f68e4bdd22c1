import type { SessionConfig } from '../protocol/config';
import type { Correction, Phase, Pronunciation, RecognisedWord } from '../protocol/serverMessages';

/** What the user said or typed. */
export interface UserPart {
  readonly text: string;
  /** So many characters will not change any more. */
  readonly stableLength: number;
  readonly final: boolean;
  readonly typed: boolean;
  readonly words: readonly RecognisedWord[];
  /** What a better recogniser made of it, where that was not answered: "did you say …?" */
  readonly perhaps: string | null;
  /** How sure the recogniser was, 0 to 1. */
  readonly confidence: number | null;
}

/** A clause, as it is heard. */
export interface Segment {
  readonly index: number;
  readonly sampleOffset: number;
  readonly text: string;
}

export type ReplyState = 'writing' | 'written' | 'heard' | 'cancelled';

/** A reply of the assistant. */
export interface Reply {
  readonly generation: number;
  readonly text: string;
  /** What of it was heard; null while that is not known. */
  readonly heardText: string | null;
  readonly state: ReplyState;
  /** Why it was cancelled or cut. */
  readonly reason: string | null;
  readonly failed: boolean;
  readonly segments: readonly Segment[];
  /** How long it is, once all of its audio has left; null before. */
  readonly samples: number | null;
}

export interface Suggestion {
  readonly suggestion_id: string;
  readonly text: string;
}

/** A finding of the coach, as it came while the turn was looked at. */
export interface Finding {
  readonly item_id: string;
  readonly stage: 'pronunciation' | 'grammar' | 'discourse' | 'explanation';
  readonly span: readonly [number, number] | null;
  readonly original: string | null;
  readonly correction: string | null;
  readonly score: number | null;
  readonly explain: string | null;
}

export interface TurnFeedback {
  /** The text that the spans point into; null until all was found. */
  readonly text: string | null;
  readonly findings: readonly Finding[];
  readonly confidence: number | null;
  readonly pronunciation: Pronunciation | null;
  readonly corrections: readonly Correction[];
  readonly coherence: number | null;
  readonly degraded: readonly string[];
  readonly final: boolean;
}

/** Milliseconds from the user's last sound. */
export interface TurnTimes {
  readonly endpointMs: number | null;
  readonly asrFinalMs: number | null;
  readonly firstTokenMs: number | null;
  readonly firstAudioMs: number | null;
}

/** Something that the user said, and what was answered; unchanged turns stay the same object. */
export interface Turn {
  /** Unique in the page, and never another: for lists. */
  readonly key: string;
  /** The server's name; null until a typed turn has one. */
  readonly id: string | null;
  /** Null where the assistant opened. */
  readonly user: UserPart | null;
  readonly replies: readonly Reply[];
  readonly feedback: TurnFeedback | null;
  readonly times: TurnTimes | null;
  /** Why it could not be understood or answered. */
  readonly problem: string | null;
}

export interface Emotion {
  readonly generation: number;
  readonly emotion: string;
  /** 0 to 1. */
  readonly intensity: number;
}

export interface Degradation {
  readonly stage: string;
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly fatal: boolean;
}

/** All that is known of the conversation. A snapshot: it never changes, a new one takes its place. */
export interface ConversationState {
  readonly turns: readonly Turn[];
  readonly phase: Phase;
  /** Which reply is being spoken or held. */
  readonly generation: number | null;
  /** Whether the server hears a voice. */
  readonly userSpeaking: boolean;
  readonly suggestions: readonly Suggestion[];
  readonly emotion: Emotion | null;
  /** Stages that do with less than they should, by stage. */
  readonly degraded: readonly Degradation[];
  readonly problem: Problem | null;
  /** From the user's last sound to the answer's first, of the newest turn. */
  readonly latencyMs: number | null;
  /** What applies, as the server says. */
  readonly config: SessionConfig | null;
  readonly engines: Readonly<Record<string, { readonly name: string; readonly why?: string }>>;
}

export const emptyConversation: ConversationState = {
  turns: [],
  phase: 'idle',
  generation: null,
  userSpeaking: false,
  suggestions: [],
  emotion: null,
  degraded: [],
  problem: null,
  latencyMs: null,
  config: null,
  engines: {},
};

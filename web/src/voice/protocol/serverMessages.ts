import { sessionConfig } from './config';
import { anything, count, flag, listOf, mapOf, maybe, number, oneOf, optional, shape, text, tuple, type Checked } from './shapes';

export const visemes = ['sil', 'pp', 'ff', 'th', 'dd', 'kk', 'ch', 'ss', 'nn', 'rr', 'aa', 'e', 'ih', 'oh', 'ou'] as const;
/** The 15 mouth shapes of the Oculus (Meta) lip-sync set. */
export type Viseme = (typeof visemes)[number];

const span = tuple<[number, number]>(count, count);
const recognisedWord = shape({ text, start_ms: number, end_ms: number, confidence: number });
const phone = shape({ phone: text, score: number, said: optional(text), start_ms: number, end_ms: number });
export const scoredWord = shape({
  text,
  accuracy: optional(number),
  stress: optional(number),
  error: text,
  phones: listOf(phone),
  difference: optional(shape({ distortion: number, stretch: number })),
});
const correction = shape({
  item_id: text,
  span,
  original: text,
  correction: optional(text),
  rule: optional(text),
  explain: optional(text),
  source: optional(text),
});
const pronunciation = shape({
  overall: number,
  accuracy: optional(number),
  fluency: optional(number),
  prosody: optional(number),
  completeness: optional(number),
  word_scores: optional(listOf(tuple<[string, unknown]>(text, anything))),
  words: optional(listOf(scoredWord)),
  difference: optional(shape({ voice: text, step_ms: number, distortion: listOf(maybe(number)), reference_ms: listOf(maybe(number)) })),
});

export type RecognisedWord = Checked<typeof recognisedWord>;
export type ScoredPhone = Checked<typeof phone>;
export type ScoredWord = Checked<typeof scoredWord>;
export type Correction = Checked<typeof correction>;
export type Pronunciation = Checked<typeof pronunciation>;

const states = ['idle', 'listening', 'thinking', 'speaking', 'paused'] as const;
export type Phase = (typeof states)[number];

/** Server → client, by type: docs/protocol.md says when each comes. */
export const serverMessages = {
  'session.ready': shape({ resume_token: text, resumed: flag, config: sessionConfig, engines: mapOf(shape({ name: text, why: optional(text) })) }),
  'session.ended': shape({ reason: text }),
  state_update: shape({ state: oneOf(...states), generation_id: optional(count) }),
  vad: shape({ event: oneOf('speech_start', 'speech_end'), at_ms: number }),
  turn_end: shape({ turn_id: text, speech_start_ms: number, speech_end_ms: number, beside: optional(flag) }),
  listen_cancelled: shape({ at_ms: number }),
  asr_partial: shape({ turn_id: text, text, stable_length: count }),
  asr_final: shape({ turn_id: text, text, words: listOf(recognisedWord), engine: optional(text), confidence: optional(number) }),
  asr_refined: shape({ turn_id: text, text, words: optional(listOf(recognisedWord)), engine: optional(text), applied: flag }),
  reply_begin: shape({ turn_id: text, generation_id: count, beside: optional(flag), request_id: optional(text) }),
  assistant_text_delta: shape({ turn_id: text, generation_id: count, kind: oneOf('full', 'quick'), text }),
  assistant_text_done: shape({ turn_id: text, generation_id: count, text, heard_text: text, cut: optional(text), usage: optional(anything) }),
  suggestions: shape({ turn_id: text, items: listOf(shape({ suggestion_id: text, text })) }),
  segment_begin: shape({ generation_id: count, segment: count, sample_offset: count, text }),
  viseme_timeline: shape({
    generation_id: count,
    segment: count,
    sample_rate: count,
    items: listOf(tuple<[number, number, Viseme, number]>(count, count, oneOf(...visemes), number)),
    words: optional(listOf(tuple<[number, number, number, number]>(count, count, count, count))),
  }),
  tts_audio_chunk: shape({
    generation_id: count,
    segment: count,
    chunk: count,
    codec: text,
    sample_rate: count,
    sample_offset: count,
    audio_base64: text,
  }),
  audio_end: shape({ generation_id: count, samples: count }),
  reply_end: shape({ turn_id: text, generation_id: count, failed: flag }),
  emotion_tag: shape({ generation_id: count, emotion: text, intensity: number }),
  tool_call: shape({ turn_id: text, generation_id: count, call_id: text, name: text, arguments: text }),
  paused: shape({ generation_id: count, at_sample: count }),
  resumed: shape({ generation_id: count, at_sample: count }),
  generation_cancelled: shape({
    generation_id: count,
    reason: text,
    heard_text: text,
    heard_samples: count,
    estimated: flag,
    usage: optional(anything),
  }),
  turn_metrics: shape({
    turn_id: text,
    endpoint_ms: optional(number),
    asr_first_partial_ms: optional(number),
    asr_final_ms: optional(number),
    reply_first_token_ms: optional(number),
    tts_first_audio_ms: optional(number),
    first_audio_ms: optional(number),
    overhead_ms: optional(number),
  }),
  'feedback.delta': shape({
    turn_id: text,
    item_id: text,
    stage: oneOf('pronunciation', 'grammar', 'discourse', 'explanation'),
    item: shape({
      span: optional(span),
      original: optional(text),
      correction: optional(text),
      score: optional(number),
      rule: optional(text),
      explain: optional(text),
      source: optional(text),
    }),
  }),
  'feedback.final': shape({
    turn_id: text,
    text,
    confidence: number,
    pronunciation: optional(pronunciation),
    grammar_corrections: optional(listOf(correction)),
    discourse: optional(shape({ coherence: optional(number), answer_match: optional(number) })),
    degraded: optional(listOf(text)),
  }),
  degraded: shape({ stage: text, from: text, to: text, why: text, recovered: optional(flag) }),
  error: shape({
    code: text,
    message: text,
    stage: optional(text),
    retryable: flag,
    fatal: flag,
    retry_after_ms: optional(number),
    request_id: optional(text),
    turn_id: optional(text),
  }),
  pong: shape({ t: optional(number), server_time: number }),
};

const envelope = shape({ session_id: text, seq: count, trace_id: optional(text) });

type ServerMessages = typeof serverMessages;
export type ServerMessageType = keyof ServerMessages;
export type ServerMessageOf<K extends ServerMessageType> = { readonly type: K } & Checked<typeof envelope> & Checked<ServerMessages[K]>;
export type ServerMessage = { [K in ServerMessageType]: ServerMessageOf<K> }[ServerMessageType];

export const isEnvelope = envelope;

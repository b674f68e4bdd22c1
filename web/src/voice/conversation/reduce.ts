import type { ServerMessage, ServerMessageOf, ServerMessageType } from '../protocol/serverMessages';
import type { ConversationState, Finding, TurnFeedback } from './ConversationState';
import { beginReply, changeReply, changeTurn, changeUser, dropUnfinished } from './turns';

type Reducers = { readonly [K in ServerMessageType]?: (state: ConversationState, message: ServerMessageOf<K>) => ConversationState };

const noFeedback: TurnFeedback = {
  text: null,
  findings: [],
  confidence: null,
  pronunciation: null,
  corrections: [],
  coherence: null,
  degraded: [],
  final: false,
};

const reducers: Reducers = {
  'session.ready': (state, m) => ({ ...state, config: m.config, engines: m.engines, problem: null }),
  'session.ended': (state) => ({ ...state, phase: 'idle', generation: null, userSpeaking: false, suggestions: [] }),
  state_update: (state, m) => {
    const next = { ...state, phase: m.state, generation: m.generation_id ?? null };
    return m.state === 'idle' ? dropUnfinished(next) : next;
  },
  vad: (state, m) => ({ ...state, userSpeaking: m.event === 'speech_start' }),
  listen_cancelled: (state) => dropUnfinished({ ...state, userSpeaking: false }),

  asr_partial: (state, m) =>
    changeUser(state, m.turn_id, (user) => (user.final ? user : { ...user, text: m.text, stableLength: Math.min(m.stable_length, m.text.length) })),
  asr_final: (state, m) => ({
    ...changeUser(dropUnfinished(state, m.turn_id), m.turn_id, (user) => ({
      ...user,
      text: m.text,
      stableLength: m.text.length,
      final: true,
      words: m.words,
      confidence: m.confidence ?? null,
    })),
    suggestions: [],
    // The conversation goes on: what was wrong before is past.
    problem: null,
  }),
  asr_refined: (state, m) =>
    changeUser(state, m.turn_id, (user) => (m.applied ? { ...user, text: m.text, stableLength: m.text.length, perhaps: null } : { ...user, perhaps: m.text })),

  reply_begin: (state, m) => (m.beside ? state : beginReply(state, m.turn_id, m.generation_id)),
  assistant_text_delta: (state, m) =>
    changeReply(beginReply(state, m.turn_id, m.generation_id), m.generation_id, (reply) => ({ ...reply, text: reply.text + m.text })),
  assistant_text_done: (state, m) =>
    changeReply(beginReply(state, m.turn_id, m.generation_id), m.generation_id, (reply) => ({
      ...reply,
      text: m.text,
      heardText: m.heard_text,
      reason: m.cut ?? null,
      state: reply.state === 'writing' ? 'written' : reply.state,
    })),
  segment_begin: (state, m) =>
    changeReply(state, m.generation_id, (reply) =>
      reply.segments.some((segment) => segment.index === m.segment)
        ? reply
        : { ...reply, segments: [...reply.segments, { index: m.segment, sampleOffset: m.sample_offset, text: m.text }] },
    ),
  audio_end: (state, m) => changeReply(state, m.generation_id, (reply) => ({ ...reply, samples: m.samples })),
  reply_end: (state, m) => changeReply(state, m.generation_id, (reply) => ({ ...reply, state: 'heard', failed: m.failed })),
  generation_cancelled: (state, m) =>
    changeReply(state, m.generation_id, (reply) => ({ ...reply, state: 'cancelled', heardText: m.heard_text, reason: m.reason })),

  suggestions: (state, m) => ({ ...state, suggestions: m.items }),
  emotion_tag: (state, m) => ({ ...state, emotion: { generation: m.generation_id, emotion: m.emotion, intensity: m.intensity } }),
  turn_metrics: (state, m) => ({
    ...changeTurn(state, m.turn_id, (turn) => ({
      ...turn,
      times: {
        endpointMs: m.endpoint_ms ?? null,
        asrFinalMs: m.asr_final_ms ?? null,
        firstTokenMs: m.reply_first_token_ms ?? null,
        firstAudioMs: m.first_audio_ms ?? null,
      },
    })),
    latencyMs: m.first_audio_ms ?? state.latencyMs,
  }),

  'feedback.delta': (state, m) =>
    changeTurn(state, m.turn_id, (turn) => {
      const feedback = turn.feedback ?? noFeedback;
      const { span, original, correction, score, explain } = m.item;
      const finding: Finding = {
        item_id: m.item_id,
        stage: m.stage,
        span: span ?? null,
        original: original ?? null,
        correction: correction ?? null,
        score: score ?? null,
        explain: explain ?? null,
      };
      // An explanation comes later, under the name of what it explains.
      const others = feedback.findings.filter((known) => known.item_id !== m.item_id);
      return { ...turn, feedback: { ...feedback, findings: [...others, finding] } };
    }),
  'feedback.final': (state, m) =>
    changeTurn(state, m.turn_id, (turn) => ({
      ...turn,
      feedback: {
        ...(turn.feedback ?? noFeedback),
        text: m.text,
        confidence: m.confidence,
        pronunciation: m.pronunciation ?? null,
        corrections: m.grammar_corrections ?? [],
        coherence: m.discourse?.coherence ?? null,
        degraded: m.degraded ?? [],
        final: true,
      },
    })),

  degraded: (state, m) => {
    const others = state.degraded.filter((known) => known.stage !== m.stage);
    return { ...state, degraded: m.recovered ? others : [...others, { stage: m.stage, from: m.from, to: m.to, why: m.why }] };
  },
  error: (state, m) => {
    const problem = { code: m.code, message: m.message, fatal: m.fatal };
    return m.turn_id ? changeTurn({ ...state, problem }, m.turn_id, (turn) => ({ ...turn, problem: m.message })) : { ...state, problem };
  },
};

/** The state after a message. Messages that the screen has no use for leave it the same. */
export function reduce(state: ConversationState, message: ServerMessage): ConversationState {
  const reducer = reducers[message.type] as ((state: ConversationState, message: ServerMessage) => ConversationState) | undefined;
  return reducer ? reducer(state, message) : state;
}

import { sessionConfig } from './config';
import { anything, count, flag, listOf, mapOf, number, oneOf, optional, shape, text, type Checked } from './shapes';

/** Client → server, by type: docs/protocol.md says what each does. */
export const clientMessages = {
  'session.start': shape({ learner_id: optional(text), config: optional(sessionConfig) }),
  'session.update': shape({ config: sessionConfig }),
  'session.end': shape({}),
  'session.resume': shape({ session_id: text, resume_token: text, last_seq: count, go_on: optional(flag) }),
  audio_chunk: shape({
    audio_base64: text,
    sample_rate: count,
    chunk_id: optional(count),
    seq: optional(count),
    format: optional(text),
    is_final: optional(flag),
  }),
  start_listen: shape({ beside: optional(flag) }),
  stop_listen: shape({}),
  cancel_listen: shape({}),
  text_input: shape({ text, suggestion_id: optional(text) }),
  respond: shape({
    persona: optional(text),
    speech: optional(flag),
    voice: optional(text),
    tools: optional(listOf(anything)),
    tool_choice: optional(anything),
    max_output_tokens: optional(count),
    input: optional(listOf(shape({ role: oneOf('user', 'assistant', 'system'), text }))),
    beside: optional(flag),
    request_id: optional(text),
  }),
  tool_result: shape({ call_id: text, output: text }),
  interrupt: shape({ generation_id: optional(count) }),
  playback: shape({ generation_id: count, played_samples: count, state: optional(oneOf('playing', 'finished', 'stopped')) }),
  'history.add': shape({ item_id: text, role: oneOf('user', 'assistant', 'system'), text, after: optional(text) }),
  'history.remove': shape({ item_id: text }),
  context_update: shape({ context_id: text, text, title: optional(text), page: optional(number) }),
  ui_event: shape({ name: text, data: optional(anything) }),
  event: shape({ name: text, value: optional(number), labels: optional(mapOf(text)) }),
  ping: shape({ t: optional(number) }),
  'feedback.ack': shape({ item_id: text, action: oneOf('accepted', 'repeated', 'dismissed') }),
};

type ClientMessages = typeof clientMessages;
export type ClientMessageType = keyof ClientMessages;
export type ClientMessage = { [K in ClientMessageType]: { readonly type: K } & Checked<ClientMessages[K]> }[ClientMessageType];

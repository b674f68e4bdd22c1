import { anything, count, either, flag, listOf, number, oneOf, optional, shape, text, type Checked } from './shapes';

export const levels = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2'] as const;
export type Level = (typeof levels)[number];

export const patiences = ['quick', 'normal', 'learner'] as const;
export type Patience = (typeof patiences)[number];

const audioFormat = { codec: optional(text), sample_rate: optional(count) };
const tool = shape({ name: text, description: optional(text), parameters: optional(anything) });

/** What a client may set; every part may be absent. */
export const sessionConfig = shape({
  language: optional(text),
  voice: optional(text),
  persona: optional(text),
  scenario: optional(text),
  level: optional(oneOf(...levels)),
  engines: optional(shape({ asr: optional(text), reply: optional(text), quick: optional(text), tts: optional(text) })),
  audio: optional(shape({ in: optional(shape(audioFormat)), out: optional(shape({ ...audioFormat, transport: optional(oneOf('binary', 'json')) })) })),
  turn: optional(
    shape({
      mode: optional(oneOf('auto', 'push_to_talk')),
      patience: optional(oneOf(...patiences)),
      silence_ms: optional(number),
      threshold: optional(number),
      respond: optional(flag),
      barge_in: optional(flag),
      listen_while_speaking: optional(flag),
      min_interruption_ms: optional(number),
      min_interruption_words: optional(number),
    }),
  ),
  quick_reply: optional(flag),
  speech: optional(flag),
  speed: optional(number),
  tools: optional(listOf(tool)),
  tool_choice: optional(either(oneOf('auto', 'none', 'required'), shape({ name: text }))),
  max_output_tokens: optional(count),
  feedback: optional(shape({ pronunciation: optional(flag), grammar: optional(flag), discourse: optional(flag), target_text: optional(text) })),
  consent: optional(shape({ cloud_audio: optional(flag), record: optional(flag) })),
});
export type SessionConfig = Checked<typeof sessionConfig>;

import { expect, test } from 'vitest';
import { textOf } from './entryText';

const entry = (kind: string, data?: Record<string, unknown>) => ({ number: 1, at_ms: 0, kind, ...(data && { data }) });

test.each([
  [entry('sent', { type: 'asr_final', seq: 4, session_id: 's', text: 'a coffee please', words: [] }), 'out', 'asr_final', 'a coffee please'],
  [entry('received', { type: 'interrupt' }), 'in', 'interrupt', ''],
  [entry('policy', { stage: 'asr', chosen: 'pocketsphinx', why: 'the only one here', engines: [] }), 'decision', 'policy', 'pocketsphinx · the only one here'],
  [entry('reply.audio', { generation_id: 2, end_sample: 640 }), 'decision', 'reply.audio', 'generation_id 2, end_sample 640'],
  [{ ...entry('audio'), samples: 320 }, 'in', 'audio', '320 samples'],
  [entry('watchdog'), 'decision', 'watchdog', ''],
] as const)('textOf %#', (what, side, name, text) => {
  expect(textOf(what)).toEqual({ side, name, text });
});

test('textOf: much is cut', () => {
  expect(textOf(entry('sent', { type: 'x', text: 'a'.repeat(1_000) })).text).toHaveLength(241);
});

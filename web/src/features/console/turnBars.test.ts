import { expect, test } from 'vitest';
import type { TurnTimes } from './api';
import { barsOf } from './turnBars';

const turn = (times: Partial<TurnTimes>): TurnTimes => ({ at: '2026-05-04T09:00:00Z', session_id: 's', turn_id: 't1', cut: false, ...times });

test('barsOf: stages lie where they were, and overlap', () => {
  expect(barsOf(turn({ endpoint_ms: 360, asr_final_ms: 300, reply_first_token_ms: 40, tts_first_audio_ms: 50, first_audio_ms: 470 }))).toEqual([
    { stage: 'endpoint', from: 0, to: 360 },
    { stage: 'asr', from: 0, to: 300 },
    { stage: 'reply', from: 360, to: 400 },
    { stage: 'voice', from: 420, to: 470 },
    { stage: 'answer', from: 0, to: 470 },
  ]);
});

test('barsOf: a drafted reply never reaches beyond the answer', () => {
  const reply = barsOf(turn({ endpoint_ms: 360, reply_first_token_ms: 300, first_audio_ms: 380 })).find(({ stage }) => stage === 'reply');
  expect(reply).toEqual({ stage: 'reply', from: 80, to: 380 });
});

test('barsOf: a typed turn has what it has', () => {
  expect(barsOf(turn({ reply_first_token_ms: 40 }))).toEqual([{ stage: 'reply', from: 0, to: 40 }]);
  expect(barsOf(turn({}))).toEqual([]);
});

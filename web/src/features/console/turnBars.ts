import type { TurnTimes } from './api';

/** A stage of a turn on the time since the user's last sound, in milliseconds. */
export interface TurnBar {
  readonly stage: 'endpoint' | 'asr' | 'reply' | 'voice' | 'answer';
  readonly from: number;
  readonly to: number;
}

/**
 * The stages of a turn as they lie in time. They overlap, so they must not be added up: the recogniser works while the endpoint still waits, and a
 * draft of the reply may be there before the turn ends.
 */
export function barsOf(turn: TurnTimes): TurnBar[] {
  const { endpoint_ms: endpoint, asr_final_ms: asr, reply_first_token_ms: reply, tts_first_audio_ms: voice, first_audio_ms: answer } = turn;
  const asked = Math.max(endpoint ?? 0, asr ?? 0);
  const bars: TurnBar[] = [];
  if (endpoint !== undefined) bars.push({ stage: 'endpoint', from: 0, to: endpoint });
  if (asr !== undefined) bars.push({ stage: 'asr', from: 0, to: asr });
  // A reply whose words were there before it could be asked for was drafted: it ends when it was certain.
  if (reply !== undefined) bars.push(answer !== undefined && asked + reply > answer ? { stage: 'reply', from: Math.max(0, answer - reply), to: answer } : { stage: 'reply', from: asked, to: asked + reply });
  if (voice !== undefined && answer !== undefined) bars.push({ stage: 'voice', from: Math.max(0, answer - voice), to: answer });
  if (answer !== undefined) bars.push({ stage: 'answer', from: 0, to: answer });
  return bars;
}

import { expect, test } from 'vitest';
import { CallFigures } from './CallFigures';
import type { ServerMessage } from './protocol/serverMessages';

function call() {
  const sent: unknown[] = [];
  const clock = { now: 0 };
  const figures = new CallFigures(
    () => clock.now,
    (message) => sent.push(message),
  );
  const hear = (message: object) => figures.onMessage({ session_id: 's', seq: 1, ...message } as unknown as ServerMessage);
  hear({ type: 'session.ready', resumed: false });
  return { figures, sent, clock, hear };
}

test('the first feedback of a turn is timed from the end of the turn, once', () => {
  const { sent, clock, hear } = call();
  clock.now = 1_000;
  hear({ type: 'turn_end', turn_id: 't1' });
  clock.now = 1_420.4;
  hear({ type: 'feedback.delta', turn_id: 't1' });
  clock.now = 2_000;
  hear({ type: 'feedback.delta', turn_id: 't1' });
  hear({ type: 'feedback.delta', turn_id: 't0' });
  expect(sent).toEqual([{ type: 'event', name: 'time_to_feedback', value: 420 }]);
});

test('a call that is ended in its silence tells its length and what was said', () => {
  const { figures, sent, clock, hear } = call();
  hear({ type: 'asr_final', turn_id: 't1', text: 'hello' });
  hear({ type: 'asr_final', turn_id: 't2', text: '' });
  figures.typed();
  hear({ type: 'state_update', state: 'listening' });
  clock.now = 61_300;
  figures.end(true);
  figures.end(true);
  expect(sent).toEqual([
    { type: 'event', name: 'session_length', value: 61 },
    { type: 'event', name: 'utterance_per_session', value: 2 },
  ]);
});

test('who leaves while the assistant thinks, or closes the page, tells where', () => {
  const impatient = call();
  impatient.hear({ type: 'state_update', state: 'thinking' });
  impatient.figures.end(true);
  expect(impatient.sent.at(-1)).toEqual({ type: 'event', name: 'drop_point_stage', labels: { stage: 'thinking' } });

  const gone = call();
  gone.hear({ type: 'state_update', state: 'listening' });
  gone.figures.end(false);
  expect(gone.sent.at(-1)).toEqual({ type: 'event', name: 'drop_point_stage', labels: { stage: 'listening' } });
});

test('a line that breaks does not begin the call anew', () => {
  const { figures, sent, clock, hear } = call();
  figures.typed();
  clock.now = 5_000;
  hear({ type: 'session.ready', resumed: true });
  clock.now = 9_000;
  figures.end(true);
  expect(sent).toEqual([
    { type: 'event', name: 'session_length', value: 9 },
    { type: 'event', name: 'utterance_per_session', value: 1 },
  ]);
});

import { describe, expect, test, vi } from 'vitest';
import type { ServerMessage } from '../protocol/serverMessages';
import { ConversationStore } from './ConversationStore';

type Said = { [K in ServerMessage['type']]: Omit<Extract<ServerMessage, { type: K }>, 'session_id' | 'seq'> }[ServerMessage['type']];

/** A store that shows at once, after these messages. */
function storeAfter(...messages: Said[]): ConversationStore {
  const store = new ConversationStore((flush) => flush());
  for (const message of messages) tell(store, message);
  return store;
}

function tell(store: ConversationStore, message: Said): void {
  store.apply({ ...message, session_id: 's', seq: 1 } as ServerMessage);
}

const turnsOf = (store: ConversationStore) => store.store.getState().turns;
const partial = (text: string, stable_length: number, turn_id = 't1'): Said => ({ type: 'asr_partial', turn_id, text, stable_length });
const final = (text: string, turn_id = 't1'): Said => ({ type: 'asr_final', turn_id, text, words: [] });
const begin = (generation_id: number, turn_id = 't1'): Said => ({ type: 'reply_begin', turn_id, generation_id });
const delta = (text: string, generation_id: number, turn_id = 't1'): Said => ({ type: 'assistant_text_delta', turn_id, generation_id, kind: 'full', text });

describe('what the user says', () => {
  test('asr_partial: stable and unstable words are told apart', () => {
    expect(turnsOf(storeAfter(partial('a flat whi', 6)))[0]?.user).toMatchObject({ text: 'a flat whi', stableLength: 6, final: false });
  });

  test('asr_final: takes the place of the partials; one that comes late changes nothing', () => {
    const store = storeAfter(partial('a flat', 2), final('a flat white please'), partial('a fl', 2));
    expect(turnsOf(store)[0]?.user).toMatchObject({ text: 'a flat white please', final: true });
  });

  test('asr_refined: an applied one is the text, another a question', () => {
    const refined = (applied: boolean): Said => ({ type: 'asr_refined', turn_id: 't1', text: 'A flat white.', applied });
    expect(turnsOf(storeAfter(final('a fat white'), refined(true)))[0]?.user).toMatchObject({ text: 'A flat white.', perhaps: null });
    expect(turnsOf(storeAfter(final('a fat white'), refined(false)))[0]?.user).toMatchObject({ text: 'a fat white', perhaps: 'A flat white.' });
  });

  test('typed: is shown at once, and becomes the turn that the server answers', () => {
    const store = storeAfter();
    store.typed('Hello!');
    const { key } = turnsOf(store)[0]!;
    tell(store, begin(1, 't5'));
    expect(turnsOf(store)).toMatchObject([{ key, id: 't5', user: { text: 'Hello!', typed: true }, replies: [{ generation: 1 }] }]);
  });

  test('asr_final: a turn that holds what was begun in another takes its place', () => {
    expect(turnsOf(storeAfter(partial('one', 0), final('one two', 't2')))).toMatchObject([{ id: 't2' }]);
  });

  test('state_update: what was not understood is gone when it is quiet again', () => {
    expect(turnsOf(storeAfter(partial('hm', 0), { type: 'state_update', state: 'idle' }))).toEqual([]);
  });

  test('listen_cancelled: what was being said is gone', () => {
    expect(turnsOf(storeAfter(final('one'), partial('tw', 0, 't2'), { type: 'listen_cancelled', at_ms: 5 }))).toMatchObject([{ id: 't1' }]);
  });
});

describe('what the assistant says', () => {
  test('assistant_text_delta: grows the reply of its generation', () => {
    const store = storeAfter(begin(4), delta('Coming ', 4), delta('right up.', 4));
    expect(turnsOf(store)[0]?.replies).toMatchObject([{ generation: 4, text: 'Coming right up.', state: 'writing' }]);
  });

  test('generation_cancelled: says what was heard and why it ended', () => {
    const store = storeAfter(delta('Coming right up.', 4), {
      type: 'generation_cancelled',
      generation_id: 4,
      reason: 'barge_in',
      heard_text: 'Coming',
      heard_samples: 99,
      estimated: false,
    });
    expect(turnsOf(store)[0]?.replies[0]).toMatchObject({ state: 'cancelled', heardText: 'Coming', reason: 'barge_in' });
  });

  test('reply_begin: one beside the conversation is not shown', () => {
    expect(turnsOf(storeAfter({ type: 'reply_begin', turn_id: 't1', generation_id: 4, beside: true }))).toEqual([]);
  });

  test('segment_begin: one that comes again after the line broke is one', () => {
    const segment: Said = { type: 'segment_begin', generation_id: 4, segment: 0, sample_offset: 0, text: 'Coming' };
    expect(turnsOf(storeAfter(begin(4), segment, segment))[0]?.replies[0]?.segments.length).toBe(1);
  });

  test('messages about a generation that never began change nothing', () => {
    const store = storeAfter(final('hello'));
    const before = store.store.getState();
    tell(store, { type: 'reply_end', turn_id: 't1', generation_id: 99, failed: false });
    expect(store.store.getState().turns).toBe(before.turns);
  });
});

describe('viseme tracks', () => {
  test('viseme_timeline: only ever grows, and takes nothing twice', () => {
    const timeline = (items: readonly (readonly [number, number, 'aa', number])[], words?: readonly (readonly [number, number, number, number])[]): Said => ({
      type: 'viseme_timeline',
      generation_id: 4,
      segment: 0,
      sample_rate: 16_000,
      items,
      ...(words && { words }),
    });
    const store = storeAfter(
      timeline([[0, 100, 'aa', 1]], [[0, 90, 0, 3]]),
      timeline([[0, 100, 'aa', 1], [100, 50, 'aa', 0.5]], [[0, 90, 0, 3], [90, 60, 4, 7]]),
      timeline([[150, 50, 'aa', 1]]),
    );
    expect(store.visemes.of(4)).toEqual({
      generation: 4,
      rate: 16_000,
      items: [[0, 100, 'aa', 1], [100, 50, 'aa', 0.5], [150, 50, 'aa', 1]],
      words: [[0, 90, 0, 3], [90, 60, 4, 7]],
    });
  });

  test('viseme_timeline: the oldest are forgotten', () => {
    const store = storeAfter();
    for (let i = 1; i <= 65; i++) tell(store, { type: 'viseme_timeline', generation_id: i, segment: 0, sample_rate: 16_000, items: [] });
    expect([store.visemes.of(1), store.visemes.of(2)?.generation]).toEqual([undefined, 2]);
  });
});

describe('feedback', () => {
  const grammar = (explain?: string): Said => ({
    type: 'feedback.delta',
    turn_id: 't1',
    item_id: 'f1',
    stage: explain ? 'explanation' : 'grammar',
    item: { span: [12, 14], original: 'go', correction: 'went', ...(explain && { explain }) },
  });

  test('feedback.delta: an explanation joins what it explains', () => {
    expect(turnsOf(storeAfter(final('Yesterday I go'), grammar(), grammar('It is over.')))[0]?.feedback?.findings).toMatchObject([
      { item_id: 'f1', correction: 'went', explain: 'It is over.' },
    ]);
  });

  test('feedback.final: is all that was found', () => {
    const store = storeAfter(grammar(), { type: 'feedback.final', turn_id: 't1', text: 'Yesterday I go', confidence: 0.8 });
    expect(turnsOf(store)[0]?.feedback).toMatchObject({ final: true, text: 'Yesterday I go', confidence: 0.8, pronunciation: null, corrections: [] });
  });
});

describe('showing', () => {
  test('apply: however much comes, it is shown once a frame', () => {
    const frames: (() => void)[] = [];
    const store = new ConversationStore((flush) => frames.push(flush));
    const shown = vi.fn();
    store.store.subscribe(shown);
    for (let i = 0; i < 50; i++) tell(store, partial('a'.repeat(i), 0));
    expect(frames.length).toBe(1);
    frames[0]!();
    expect(shown).toHaveBeenCalledTimes(1);
    expect(turnsOf(store)[0]?.user?.text.length).toBe(49);
  });

  test('apply: turns that did not change stay the same object', () => {
    const store = storeAfter(final('one'), final('two', 't2'));
    const [first] = turnsOf(store);
    tell(store, begin(9, 't2'));
    expect(turnsOf(store)[0]).toBe(first);
  });

  test('apply: after 10,000 turns a message costs little', () => {
    const store = storeAfter();
    for (let i = 0; i < 10_000; i++) tell(store, final('hello', `t${i}`));
    const before = performance.now();
    for (let i = 0; i < 200; i++) tell(store, partial(`word ${i}`, 0, 'last'));
    expect((performance.now() - before) / 200).toBeLessThan(1);
  });
});

import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { AudioPacket } from '../protocol/audioPacket';
import type { ServerMessage } from '../protocol/serverMessages';
import { FakeSocket } from '../testing/FakeSocket';
import { FakeTimers } from '../testing/FakeTimers';
import { backoff } from './backoff';
import { Connection } from './Connection';
import type { Reachability } from './probe';

let timers: FakeTimers;
let sockets: FakeSocket[];
let messages: ServerMessage[];
let packets: AudioPacket[];
let reachability: Reachability;
let key: string;
let connection: Connection;

beforeEach(() => {
  timers = new FakeTimers();
  sockets = [];
  messages = [];
  packets = [];
  reachability = 'silent';
  key = '';
  connection = new Connection({
    url: 'ws://parley.test/v1/converse',
    openSocket: (url, protocols) => {
      const socket = new FakeSocket(url, protocols);
      sockets.push(socket);
      return socket;
    },
    probe: async () => reachability,
    timers,
    random: () => 1,
    identity: () => ({ learnerId: 'ann', key }),
    onMessage: (message) => messages.push(message),
    onAudio: (packet) => packets.push(packet),
  });
});

const newest = () => sockets.at(-1)!;
const state = () => connection.line.getState();
const ready = (id = 's1', seq = 1, resumed = false) => ({ type: 'session.ready', session_id: id, seq, resume_token: `token-${seq}`, resumed, config: {}, engines: {} });
const said = (seq: number, id = 's1') => ({ type: 'vad', session_id: id, seq, event: 'speech_start', at_ms: seq });
const denied = (code: string, more: object = {}) => ({ type: 'error', session_id: '', seq: 1, code, message: code, retryable: false, fatal: false, ...more });

function goLive(): FakeSocket {
  connection.start({ scenario: 'cafe' });
  newest().open();
  newest().says(ready());
  return newest();
}

/** Breaks the line and opens the next one. */
function reconnect(): FakeSocket {
  newest().breaks();
  timers.advance(400);
  newest().open();
  return newest();
}

describe('starting', () => {
  test('start: offers the version, says who and what, and is live when the server is ready', () => {
    connection.start({ scenario: 'cafe' });
    expect(state()).toEqual({ state: 'connecting' });
    newest().open();
    expect(newest().protocols).toEqual(['parley.v1']);
    expect(newest().sent).toEqual([{ type: 'session.start', learner_id: 'ann', config: { scenario: 'cafe' } }]);
    newest().says(ready());
    expect(state()).toEqual({ state: 'live', how: 'started' });
    expect(messages.map((m) => m.type)).toEqual(['session.ready']);
  });

  test('start: shows the key as a subprotocol', () => {
    key = 'k-1';
    connection.start({});
    expect(newest().protocols).toEqual(['parley.v1', 'parley.key.k-1']);
  });

  test('start: twice is once', () => {
    connection.start({});
    connection.start({});
    expect(sockets.length).toBe(1);
  });

  test('start: a server of another version is told', () => {
    connection.start({});
    newest().open('parley.v2');
    expect(state()).toEqual({ state: 'lost', reason: 'protocol', message: 'parley.v2' });
  });

  test('start: a server that answers but takes no socket, three times, speaks another version', async () => {
    reachability = 'protocol';
    connection.start({});
    for (const wait of [400, 800, 1600]) {
      newest().breaks();
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await vi.waitFor(() => expect(state()).not.toEqual({ state: 'connecting' }));
      timers.advance(wait);
    }
    await vi.waitFor(() => expect(state()).toMatchObject({ state: 'lost', reason: 'protocol' }));
  });

  test('start: a key that is missing is asked for', async () => {
    reachability = 'key';
    connection.start({});
    newest().breaks();
    await vi.waitFor(() => expect(state()).toMatchObject({ state: 'lost', reason: 'key' }));
  });

  test('start: a session that the server refuses is told with its words', () => {
    connection.start({ scenario: 'moon' });
    newest().open();
    newest().says(denied('bad_field', { message: 'config.scenario: there is no such scenario.' }));
    expect(state()).toEqual({ state: 'lost', reason: 'refused', message: 'config.scenario: there is no such scenario.' });
  });

  test('start: a full server is tried again when it says, not before', () => {
    connection.start({});
    newest().open();
    newest().says(denied('overloaded', { fatal: true, retry_after_ms: 5000 }));
    timers.advance(4999);
    expect(sockets.length).toBe(1);
    timers.advance(1);
    expect(sockets.length).toBe(2);
  });

  test('start: a server that says nothing is tried again', () => {
    connection.start({});
    newest().open();
    timers.advance(10_000);
    expect(state()).toMatchObject({ state: 'reconnecting' });
  });
});

describe('a broken line', () => {
  test('resumes behind the last message, and takes the next token', () => {
    goLive().says(said(2));
    reconnect();
    expect(newest().sent).toEqual([{ type: 'session.resume', session_id: 's1', resume_token: 'token-1', last_seq: 2 }]);
    newest().says(ready('s1', 2, true));
    expect(state()).toEqual({ state: 'live', how: 'resumed' });
    newest().says(said(3));
    reconnect();
    expect(newest().sent).toEqual([{ type: 'session.resume', session_id: 's1', resume_token: 'token-2', last_seq: 3 }]);
  });

  test('says when it is tried next', () => {
    goLive().breaks();
    expect(state()).toEqual({ state: 'reconnecting', attempt: 1, retryAt: 400 });
    timers.advance(400);
    expect(state()).toEqual({ state: 'reconnecting', attempt: 1, retryAt: null });
  });

  test('what was said comes once, though the server says it again', () => {
    goLive().says(said(2));
    reconnect().says(ready('s1', 2, true));
    newest().says(said(2));
    newest().says(said(3));
    expect(messages.filter((m) => m.type === 'vad').map((m) => m.seq)).toEqual([2, 3]);
    expect(connection.counts.outOfOrder).toBe(1);
  });

  test('a session that is gone is begun anew, with the configuration as it is now', () => {
    goLive();
    connection.configure({ turn: { patience: 'learner' } });
    reconnect().says(denied('bad_token'));
    expect(newest().sent.at(-1)).toEqual({ type: 'session.start', learner_id: 'ann', config: { scenario: 'cafe', turn: { patience: 'learner' } } });
    newest().says(ready('s2'));
    expect(state()).toEqual({ state: 'live', how: 'anew' });
  });

  test('generations and turns of a session that is begun anew go on behind those of the old one', () => {
    goLive().says({ type: 'reply_begin', session_id: 's1', seq: 2, turn_id: 't1', generation_id: 7 });
    reconnect().says(denied('unknown_session'));
    newest().says(ready('s2'));
    newest().says({ type: 'reply_begin', session_id: 's2', seq: 2, turn_id: 't1', generation_id: 1 });
    expect(messages.at(-1)).toMatchObject({ turn_id: '2.t1', generation_id: 8 });
    connection.send({ type: 'playback', generation_id: 8, played_samples: 1 });
    connection.send({ type: 'playback', generation_id: 7, played_samples: 1 });
    expect(newest().sentOf('playback')).toEqual([{ type: 'playback', generation_id: 1, played_samples: 1 }]);
  });

  test('what the user did meanwhile is sent when it is up, what only held then is not', () => {
    goLive().breaks();
    connection.send({ type: 'text_input', text: 'hello' });
    connection.send({ type: 'interrupt' });
    connection.sendAudio(new ArrayBuffer(640));
    timers.advance(400);
    newest().open();
    newest().says(ready('s1', 1, true));
    expect(newest().sent.slice(1)).toEqual([{ type: 'text_input', text: 'hello' }]);
    expect(connection.counts).toMatchObject({ unsent: 1, audioDropped: 1 });
  });

  test('no more than 64 messages wait', () => {
    goLive().breaks();
    for (let i = 0; i < 70; i++) connection.send({ type: 'text_input', text: `${i}` });
    timers.advance(400);
    newest().open();
    newest().says(ready('s1', 1, true));
    expect(newest().sentOf('text_input').map((m) => m['text'])).toEqual(Array.from({ length: 64 }, (_, i) => `${i + 6}`));
  });

  test('a line on which nothing comes any more is broken', () => {
    const socket = goLive();
    timers.advance(10_000);
    expect(socket.sentOf('ping').length).toBe(2);
    timers.advance(5_000);
    expect(state()).toMatchObject({ state: 'reconnecting' });
    expect(socket.closedBy).toBe('client');
  });

  test('a server that shuts down is gone back to', () => {
    goLive().says({ type: 'session.ended', session_id: 's1', seq: 2, reason: 'shutdown' });
    expect(reconnect().sentOf('session.resume').length).toBe(1);
  });

  test('is given up after ten minutes, and tried again when the user asks', () => {
    goLive().breaks();
    reachability = 'silent';
    for (let i = 0; i < 100 && state().state === 'reconnecting'; i++) {
      timers.advance(10_000);
      if (newest().closedBy === null) timers.advance(10_000);
    }
    expect(state()).toMatchObject({ state: 'lost', reason: 'silent' });
    connection.retry();
    newest().open();
    newest().says(ready('s1', 1, true));
    expect(state()).toEqual({ state: 'live', how: 'resumed' });
  });
});

describe('ending', () => {
  test('end: says so, and nothing calls back any more', () => {
    const socket = goLive();
    connection.end();
    expect(socket.sentOf('session.end').length).toBe(1);
    socket.says(said(2));
    socket.breaks();
    timers.advance(60_000);
    expect([messages.length, sockets.length, timers.pending]).toEqual([1, 1, 0]);
    expect(state()).toEqual({ state: 'ended' });
  });

  test('end: in the midst of reconnecting, too', () => {
    goLive().breaks();
    connection.end();
    timers.advance(60_000);
    expect([sockets.length, timers.pending]).toEqual([1, 0]);
  });

  test('start: after the end another session begins', () => {
    goLive();
    connection.end();
    connection.start({});
    newest().open();
    expect(newest().sentOf('session.start').length).toBe(1);
  });
});

describe('what is no message', () => {
  test('is counted and passed over', () => {
    const socket = goLive();
    socket.says('{"type":');
    socket.says({ type: 'hologram', session_id: 's1', seq: 2 });
    socket.says(new ArrayBuffer(3));
    socket.says(said(2, 'another'));
    socket.says(said(2));
    expect(messages.map((m) => m.type)).toEqual(['session.ready', 'vad']);
    expect(connection.counts).toMatchObject({ malformed: 2, unknown: 1, outOfOrder: 1 });
  });

  test('audio that the line can’t take is dropped', () => {
    const socket = goLive();
    socket.bufferedAmount = 64_000;
    connection.sendAudio(new ArrayBuffer(640));
    expect(socket.sent.length).toBe(1);
    expect(connection.counts.audioDropped).toBe(1);
  });
});

test('backoff: grows from 0.4 s to 10 s, and is anything up to that', () => {
  expect([0, 1, 2, 5, 50].map((attempt) => backoff(attempt, 1))).toEqual([400, 800, 1600, 10_000, 10_000]);
  expect(backoff(3, 0)).toBe(0);
});

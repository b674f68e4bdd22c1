import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAudioPacket } from './audioPacket';
import { clientMessages, type ClientMessageType } from './clientMessages';
import { parseServerMessage, readJson } from './parse';
import { serverMessages } from './serverMessages';
import { isRecord } from './shapes';

// The fixtures that the server's tests read and write.
const fixtures = resolve(import.meta.dirname, '../../../../tests/protocol-fixtures');
const namesIn = (folder: string) => readdirSync(resolve(fixtures, folder)).map((file) => file.replace(/\.json$/, ''));
const read = (folder: string, name: string) => readFileSync(resolve(fixtures, folder, `${name}.json`), 'utf8');

describe('server messages', () => {
  test('every fixture has a type here, and every type a fixture', () => {
    expect(Object.keys(serverMessages).toSorted()).toEqual(namesIn('server').toSorted());
  });

  test.each(namesIn('server'))('%s: is read with all its fields', (name) => {
    const frame = read('server', name);
    expect(parseServerMessage(frame)).toEqual({ message: JSON.parse(frame, (_key, value: unknown) => value ?? undefined) });
  });

  test.each(namesIn('server'))('%s: a required field that is absent, null or of another type is malformed', (name) => {
    const whole = JSON.parse(read('server', name)) as Record<string, unknown>;
    for (const wrong of [undefined, null, { wrong: true }]) {
      const frame = JSON.stringify({ ...whole, seq: wrong });
      expect(parseServerMessage(frame)).toEqual({ problem: 'malformed' });
    }
  });

  test('null is the same as absent', () => {
    const frame = '{"type":"pong","session_id":"s","seq":1,"server_time":5,"t":null}';
    expect(parseServerMessage(frame)).toEqual({ message: { type: 'pong', session_id: 's', seq: 1, server_time: 5 } });
  });

  test.each([
    ['{"type":"hologram","session_id":"s","seq":1}', 'unknown'],
    ['{"type":"toString","session_id":"s","seq":1}', 'unknown'],
    ['{"type":"vad","session_id":"s","seq":1,"event":"cough","at_ms":1}', 'malformed'],
    ['{"type":"vad"', 'malformed'],
    ['[]', 'malformed'],
    ['null', 'malformed'],
    ['', 'malformed'],
  ])('%s is %s', (frame, problem) => {
    expect(parseServerMessage(frame)).toEqual({ problem });
  });

  test('any JSON and any text is read without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (frame) => {
        parseServerMessage(frame);
      }),
    );
  });
});

describe('client messages', () => {
  test('every fixture has a type here, and every type a fixture', () => {
    expect(Object.keys(clientMessages).toSorted()).toEqual(namesIn('client').toSorted());
  });

  test.each(namesIn('client'))('%s: the fixture is what this client would send', (name) => {
    const message = readJson(read('client', name));
    expect(isRecord(message) && message['type']).toBe(name);
    expect(clientMessages[name as ClientMessageType](message)).toBe(true);
  });
});

describe('audio packets', () => {
  const fixture = JSON.parse(read('binary', 'audio_packet')) as Record<string, unknown> & { hex: string; samples: number[] };
  const bytes = Uint8Array.from(fixture.hex.split(' '), (hex) => parseInt(hex, 16));

  test('the fixture is read with all its fields', () => {
    expect(parseAudioPacket(bytes.slice().buffer)).toEqual({
      generation: fixture['generation_id'],
      segment: fixture['segment'],
      chunk: fixture['chunk'],
      sampleOffset: fixture['sample_offset'],
      samples: Int16Array.from(fixture.samples),
    });
  });

  test.each([
    ['shorter than its header', (b: Uint8Array) => b.slice(0, 23)],
    ['of half a sample', (b: Uint8Array) => b.slice(0, 33)],
    ['of another format', (b: Uint8Array) => b.with(1, 0x32)],
    ['of another kind', (b: Uint8Array) => b.with(2, 9)],
    ['of another codec', (b: Uint8Array) => b.with(3, 1)],
    ['with an offset beyond all numbers', (b: Uint8Array) => b.with(23, 0xff)],
  ])('a frame %s is none', (_, change) => {
    expect(parseAudioPacket(change(bytes).slice().buffer)).toBeNull();
  });

  test('any bytes are read without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (frame) => {
        parseAudioPacket(frame.slice().buffer);
      }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { toWav } from './Clip';
import { ClipShelf } from './ClipShelf';
import { MicrophoneTape } from './MicrophoneTape';
import { ReplyTapes } from './ReplyTapes';
import { timeStretch } from './timeStretch';

const counting = (from: number, count: number) => Int16Array.from({ length: count }, (_, i) => from + i);

describe('MicrophoneTape', () => {
  test('cut: gives what was said between two moments', () => {
    const tape = new MicrophoneTape(1000, 10);
    for (let i = 0; i < 5; i++) tape.write(counting(i * 100, 100));
    expect(tape.cut(150, 250)).toEqual(counting(150, 100));
  });

  test('cut: around the end of the ring, too', () => {
    const tape = new MicrophoneTape(1000, 1);
    for (let i = 0; i < 25; i++) tape.write(counting(i * 60, 60));
    expect(tape.cut(900, 1200)).toEqual(counting(900, 300));
  });

  test('cut: gives what is still there, and null where nothing is', () => {
    const tape = new MicrophoneTape(1000, 1);
    for (let i = 0; i < 20; i++) tape.write(counting(i * 100, 100));
    expect(tape.cut(900, 1100)).toEqual(counting(1000, 100));
    expect(tape.cut(100, 900)).toBeNull();
    expect(tape.cut(2000, 3000)).toBeNull();
  });

  test('restart: the time begins anew', () => {
    const tape = new MicrophoneTape(1000, 1);
    tape.write(counting(0, 500));
    tape.restart();
    tape.write(counting(7, 100));
    expect(tape.cut(0, 5000)).toEqual(counting(7, 100));
  });
});

describe('ReplyTapes', () => {
  const packet = (generation: number, sampleOffset: number, samples: Int16Array) => ({ generation, segment: 0, chunk: 0, sampleOffset, samples });

  test('cut: gives a sentence of a reply', () => {
    const tapes = new ReplyTapes();
    for (let i = 0; i < 10; i++) tapes.write(packet(4, i * 320, counting(i * 320, 320)), 16_000);
    expect(tapes.cut(4, 500, 1000)).toEqual({ samples: counting(500, 500), rate: 16_000 });
    expect(tapes.cut(4, 3000)?.samples.length).toBe(200);
    expect(tapes.cut(4, 3200)).toBeNull();
    expect(tapes.cut(5, 0)).toBeNull();
  });

  test('write: the oldest replies are forgotten', () => {
    const tapes = new ReplyTapes(2);
    for (const generation of [1, 2, 3]) tapes.write(packet(generation, 0, counting(0, 320)), 16_000);
    expect([tapes.cut(1, 0), tapes.cut(2, 0)?.samples.length]).toEqual([null, 320]);
  });
});

describe('ClipShelf', () => {
  test('put: what does not fit any more goes, the oldest first', () => {
    const shelf = new ClipShelf(1000);
    for (const name of ['a', 'b', 'c']) shelf.put(name, { samples: new Int16Array(200), rate: 16_000 });
    expect(['a', 'b', 'c'].map((name) => shelf.get(name)?.samples.length)).toEqual([undefined, 200, 200]);
  });

  test('put: under the same name replaces', () => {
    const shelf = new ClipShelf(1000);
    for (let i = 0; i < 10; i++) shelf.put('a', { samples: new Int16Array(400), rate: 16_000 });
    expect(shelf.get('a')?.samples.length).toBe(400);
  });
});

test('toWav: a header, then the samples', async () => {
  const bytes = new DataView(await toWav({ samples: Int16Array.of(1, -1), rate: 16_000 }).arrayBuffer());
  expect([bytes.byteLength, bytes.getUint32(24, true), bytes.getUint32(40, true), bytes.getInt16(44, true), bytes.getInt16(46, true)]).toEqual([48, 16_000, 4, 1, -1]);
});

describe('timeStretch', () => {
  const tone = Int16Array.from({ length: 16_000 }, (_, i) => 10_000 * Math.sin((2 * Math.PI * 200 * i) / 16_000));
  const crossings = (samples: Float32Array) => samples.reduce((n, x, i) => (i > 0 && x >= 0 && samples[i - 1]! < 0 ? n + 1 : n), 0);

  test.each([0.6, 0.8, 1.25])('at pace %f: as much longer, under the same pitch', (pace) => {
    const stretched = timeStretch(tone, 16_000, pace);
    expect(stretched.length).toBe(Math.floor(16_000 / pace));
    const middle = stretched.subarray(1000, stretched.length - 2000);
    expect(crossings(middle) / (middle.length / 16_000)).toBeCloseTo(200, -1);
    expect(Math.max(...middle)).toBeLessThan(0.4);
  });

  test('at the same pace nothing is changed', () => {
    expect(timeStretch(Int16Array.of(16_384), 16_000, 1)).toEqual(Float32Array.of(0.5));
  });
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Motion } from '../PlaybackClock';
import type { PlaybackReport } from './messages';
import { PlaybackCore } from './PlaybackCore';

const quantum = 128;

/** A device of 16 kHz, so that what is played is what came, sample by sample. */
class Device {
  readonly reports: PlaybackReport[] = [];
  readonly core: PlaybackCore;
  readonly gate = { lowest: 0, held: 0 };
  frame = 0;

  constructor(readonly rate = 16_000) {
    this.core = new PlaybackCore(
      rate,
      () => this.gate,
      (report) => this.reports.push(report),
    );
  }

  /** A packet of 20 ms of one value. */
  packet(generation: number, chunk: number, value = 10_000): Float32Array {
    const samples = new Float32Array(320).fill(value);
    this.core.add({ generation, offset: chunk * 320, rate: 16_000, samples }, this.frame);
    return samples;
  }

  packets(generation: number, from: number, count: number): void {
    for (let chunk = from; chunk < from + count; chunk++) this.packet(generation, chunk);
  }

  /** Lets quanta pass and gives what was played. */
  play(quanta: number): Float32Array {
    const out = new Float32Array(quanta * quantum);
    for (let i = 0; i < quanta; i++) {
      this.core.process(out.subarray(i * quantum, (i + 1) * quantum), this.frame);
      this.frame += quantum;
    }
    return out;
  }

  get newest(): PlaybackReport | undefined {
    return this.reports.at(-1);
  }
}

const isSilent = (samples: Float32Array) => samples.every((sample) => sample === 0);
const full = 10_000 / 32768;

describe('beginning', () => {
  test('waits for the cushion of 60 ms, then fades in', () => {
    const device = new Device();
    device.packets(1, 0, 2);
    expect(isSilent(device.play(2))).toBe(true);
    device.packet(1, 2);
    const played = device.play(1);
    expect(played[0]).toBeGreaterThan(0);
    expect(played[0]).toBeLessThan(0.05);
    expect(played[100]).toBeCloseTo(full, 4);
  });

  test('a reply shorter than the cushion plays once its end is known', () => {
    const device = new Device();
    device.packet(1, 0);
    expect(isSilent(device.play(1))).toBe(true);
    device.core.end(1, 320);
    expect(isSilent(device.play(1))).toBe(false);
  });

  test('a reply shorter than the cushion plays though its end never comes', () => {
    const device = new Device();
    device.packet(1, 0);
    expect(isSilent(device.play(20))).toBe(false);
  });
});

describe('positions', () => {
  test('are told every 20 ms or less while it plays, exactly', () => {
    const device = new Device();
    device.packets(1, 0, 20);
    device.play(40);
    const moving = device.reports.filter((report) => report.motion === Motion.Moving);
    for (const [i, report] of moving.entries()) {
      expect(report.sample).toBe(report.frame);
      if (i > 0) expect(report.frame - moving[i - 1]!.frame).toBeLessThanOrEqual(320);
    }
  });

  test('the end of a generation is told with all its samples', () => {
    const device = new Device();
    device.packets(1, 0, 4);
    device.core.end(1, 1280);
    device.play(12);
    expect(device.newest).toMatchObject({ generation: 1, sample: 1280, motion: Motion.Over });
  });

  test('an end that comes after everything was played is told all the same', () => {
    const device = new Device();
    device.packets(1, 0, 4);
    device.play(30);
    expect(device.newest?.motion).toBe(Motion.Still);
    device.core.end(1, 1280);
    device.play(1);
    expect(device.newest).toMatchObject({ generation: 1, sample: 1280, motion: Motion.Over });
  });

  test('through the filter, at 44.1 kHz, they are right to the millisecond', () => {
    const device = new Device(44_100);
    device.packets(1, 0, 30);
    device.play(100);
    const report = device.newest!;
    const seconds = (report.frame - device.reports[0]!.frame) / 44_100;
    expect(Math.abs(report.sample / 16_000 - seconds)).toBeLessThan(0.001);
  });
});

describe('late audio', () => {
  test('fades out, holds the position, and goes on once the cushion is full again', () => {
    const device = new Device();
    device.packets(1, 0, 4);
    const played = device.play(12);
    const end = played.findLastIndex((sample) => sample !== 0);
    expect(Math.abs(played[end]!)).toBeLessThan(0.02);
    expect(device.newest).toMatchObject({ sample: 1280, motion: Motion.Still, health: { underruns: 1 } });
    device.packet(1, 4);
    expect(isSilent(device.play(4))).toBe(true);
    device.packets(1, 5, 2);
    expect(isSilent(device.play(1))).toBe(false);
    expect(device.reports.findLast((report) => report.motion === Motion.Moving)?.sample).toBe(1280);
  });

  test('what comes twice is played once', () => {
    const device = new Device();
    device.packets(1, 0, 4);
    device.packets(1, 2, 3);
    device.core.end(1, 5 * 320);
    const played = device.play(20);
    expect(played.filter((sample) => sample !== 0).length).toBe(5 * 320);
  });
});

describe('holding', () => {
  test('fades out within the quantum and goes on at the very sample', () => {
    const device = new Device();
    device.packets(1, 0, 20);
    device.play(10);
    device.gate.held = 1;
    const held = device.play(4);
    expect(isSilent(held.subarray(quantum))).toBe(true);
    const { sample, motion } = device.newest!;
    expect(motion).toBe(Motion.Still);
    device.play(50);
    device.gate.held = 0;
    device.play(1);
    expect(device.reports.find((report) => report.frame === device.frame - quantum)?.sample).toBe(sample);
  });

  test('a hold before the first sample holds too', () => {
    const device = new Device();
    device.packets(1, 0, 10);
    device.gate.held = 1;
    expect(isSilent(device.play(20))).toBe(true);
    device.gate.held = 0;
    expect(isSilent(device.play(1))).toBe(false);
  });

  test('a hold that comes after the cut does not strand the next reply', () => {
    const device = new Device();
    device.packets(1, 0, 10);
    device.play(5);
    device.gate.lowest = 2;
    device.gate.held = 1;
    device.packets(2, 0, 10);
    expect(isSilent(device.play(2))).toBe(false);
  });
});

describe('cutting', () => {
  test('is silent from the second quantum on, and without a click', () => {
    const device = new Device();
    device.packets(1, 0, 20);
    const before = device.play(10);
    device.gate.lowest = 2;
    const after = device.play(3);
    expect(isSilent(after.subarray(quantum))).toBe(true);
    expect(Math.abs(after[0]! - before.at(-1)!)).toBeLessThan(0.01);
    expect(device.newest).toMatchObject({ generation: 1, sample: 1280, motion: Motion.Over });
  });

  test('a reply that follows at once is heard', () => {
    const device = new Device();
    device.packets(1, 0, 20);
    device.play(10);
    device.gate.lowest = 2;
    device.packets(2, 0, 5);
    const after = device.play(5);
    expect(after[quantum * 4]).toBeCloseTo(full, 4);
    expect(device.newest?.generation).toBe(2);
  });

  test('the filter keeps nothing of what was cut', () => {
    const device = new Device(48_000);
    device.packets(1, 0, 20);
    device.play(30);
    device.gate.lowest = 2;
    for (let chunk = 0; chunk < 10; chunk++) device.packet(2, chunk, 0);
    const after = device.play(10);
    expect(isSilent(after.subarray(quantum))).toBe(true);
    expect(device.newest?.generation).toBe(2);
  });

  test('packets of a generation that was cut are refused and counted', () => {
    const device = new Device();
    device.gate.lowest = 2;
    device.play(1);
    device.packets(1, 0, 10);
    expect(isSilent(device.play(20))).toBe(true);
    expect(device.core.health.stale).toBe(10);
  });

  // What is cut is poisoned: were one sample of it read behind the cut, it would be heard as a bang.
  const poison = 1e9;
  const action = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('packets' as const), count: fc.integer({ min: 1, max: 8 }) }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('play' as const), count: fc.integer({ min: 1, max: 12 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const), count: fc.integer({ min: 1, max: 2 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('hold' as const, 'release' as const, 'end' as const, 'stale' as const), count: fc.constant(0) }) },
  );

  test.each([16_000, 44_100, 48_000])('at %i Hz: in 1,000 interleavings no sample of an older generation is played', (rate) => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 5, maxLength: 60 }), (actions) => {
        const device = new Device(rate);
        let generation = 1;
        let chunk = 0;
        let packets: Float32Array[] = [];
        for (const step of actions) {
          switch (step.do) {
            case 'packets':
              for (let i = 0; i < step.count; i++) packets.push(device.packet(generation, chunk++));
              break;
            case 'cut':
              generation += step.count;
              device.gate.lowest = generation;
              for (const samples of packets) samples.fill(poison);
              [chunk, packets] = [0, []];
              break;
            case 'stale':
              if (generation > 1) device.packet(generation - 1, chunk, poison);
              break;
            case 'hold':
              device.gate.held = generation;
              break;
            case 'release':
              device.gate.held = 0;
              break;
            case 'end':
              device.core.end(generation, chunk * 320);
              break;
            case 'play':
              expect(device.play(step.count).every((sample) => Math.abs(sample) < 1)).toBe(true);
          }
        }
      }),
      { numRuns: 1000 },
    );
  }, 60_000);

  test('however it was cut, held and released before, the next reply is heard to its end', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('packets', 'play', 'hold', 'release', 'end', 'cut'), fc.integer({ min: 1, max: 9 })), { maxLength: 40 }), (steps) => {
        const device = new Device();
        let [generation, chunk] = [1, 0];
        for (const [step, count] of steps) {
          if (step === 'packets') {
            device.packets(generation, chunk, count);
            chunk += count;
          } else if (step === 'play') device.play(count);
          else if (step === 'hold') device.gate.held = generation;
          else if (step === 'release') device.gate.held = 0;
          else if (step === 'end') device.core.end(generation, chunk * 320);
          else {
            device.gate.lowest = ++generation;
            chunk = 0;
          }
        }
        device.gate.lowest = ++generation;
        device.packets(generation, 0, 2);
        device.core.end(generation, 640);
        device.play(8);
        expect(device.newest).toMatchObject({ generation, sample: 640, motion: Motion.Over });
      }),
    );
  });
});

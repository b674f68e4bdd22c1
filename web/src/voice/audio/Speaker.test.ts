import { describe, expect, test } from 'vitest';
import type { AudioNodes } from './AudioEngine';
import { GenerationGate } from './GenerationGate';
import { Motion, PlaybackClock } from './PlaybackClock';
import type { PlaybackCommand, PlaybackReport } from './playback/messages';
import { Speaker } from './Speaker';

class FakePort extends EventTarget {
  readonly commands: PlaybackCommand[] = [];
  postMessage(command: PlaybackCommand): void {
    this.commands.push(command);
  }
  start(): void {}
}

function speakerOn(isolated: boolean) {
  const port = new FakePort();
  const gate = new GenerationGate(isolated);
  const clock = new PlaybackClock();
  const reports: PlaybackReport[] = [];
  const speaker = new Speaker(gate, clock, (report) => reports.push(report));
  const context = { sampleRate: 48_000, currentTime: 2, outputLatency: 0.03, baseLatency: 0.01 };
  speaker.attach({ playback: { port }, context } as unknown as AudioNodes);
  return { port, gate, clock, speaker, reports };
}

const packet = (generation: number) => ({ generation, segment: 0, chunk: 0, sampleOffset: 0, samples: new Int16Array(320) });

describe('Speaker', () => {
  test('play: a packet of a generation that was cut does not reach the worklet', () => {
    const { port, speaker } = speakerOn(true);
    speaker.cut(4);
    expect([speaker.play(packet(4), 16_000), speaker.play(packet(5), 16_000)]).toEqual([false, true]);
    expect(port.commands.flatMap((command) => (command.type === 'audio' ? [command.generation] : []))).toEqual([5]);
  });

  test('cut: with shared memory the worklet sees it without a message', () => {
    const { port, gate, speaker } = speakerOn(true);
    const before = port.commands.length;
    speaker.cut(4);
    expect(Atomics.load(new Int32Array(gate.shared!), 0)).toBe(5);
    expect(port.commands.length).toBe(before);
  });

  test('cut: without it a message says so', () => {
    const { port, speaker } = speakerOn(false);
    speaker.cut(4);
    expect(port.commands.at(-1)).toEqual({ type: 'gate', lowest: 5, held: 0 });
  });

  test('hold: the worklet sees it, and sees when it is over', () => {
    for (const isolated of [true, false]) {
      const { port, gate, speaker } = speakerOn(isolated);
      const seen = () => (gate.shared ? new Int32Array(gate.shared)[1] : port.commands.findLast((command) => command.type === 'gate')?.held);
      speaker.hold(4);
      expect(seen()).toBe(4);
      speaker.release();
      expect(seen()).toBe(0);
    }
  });

  test('cut: never opens again what was closed', () => {
    const { gate, speaker } = speakerOn(true);
    speaker.cut(4);
    speaker.cut(2);
    expect(gate.lowest).toBe(5);
  });

  test('a report sets the clock, behind by the latency of the output', () => {
    const { port, clock, reports } = speakerOn(true);
    const health = { bufferedMs: 100, cushionMs: 60, underruns: 0, stale: 0 };
    port.dispatchEvent(new MessageEvent('message', { data: { frame: 48_000 * 1.9, generation: 4, sample: 1600, rate: 16_000, motion: Motion.Moving, health } }));
    expect(reports.length).toBe(1);
    // 2 s of the context less 30 ms of latency is 70 ms behind the report.
    expect(clock.heard(performance.now())!.sample).toBeCloseTo(1600 + 0.07 * 16_000, -2);
  });
});

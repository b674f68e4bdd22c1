import { expect, test } from 'vitest';
import { CaptureCore, frameSamples, type CapturedFrame } from './CaptureCore';

function capture(rate: number, seconds: number, sampleAt: (t: number) => number, recycle = true): CapturedFrame[] {
  const frames: CapturedFrame[] = [];
  const core = new CaptureCore(rate, (frame) => {
    frames.push({ ...frame, samples: frame.samples.slice() });
    if (recycle) core.recycle(frame.samples);
  });
  for (let at = 0; at < rate * seconds; at += 128) core.process(Float32Array.from({ length: 128 }, (_, i) => sampleAt((at + i) / rate)));
  return frames;
}

test.each([16_000, 44_100, 48_000])('process: a second at %i Hz is fifty frames of 20 ms', (rate) => {
  const frames = capture(rate, 1, () => 0);
  expect(frames.length).toBeGreaterThanOrEqual(49);
  expect(frames.length).toBeLessThanOrEqual(51);
  expect(frames.every((frame) => frame.samples.length === frameSamples)).toBe(true);
});

test('process: level and peak are those of the sound', () => {
  const frame = capture(48_000, 0.5, (t) => 0.5 * Math.sin(2 * Math.PI * 440 * t))[10]!;
  expect(frame.rms).toBeCloseTo(0.354, 1);
  expect(frame.peak).toBeCloseTo(0.5, 2);
});

test('process: what is too loud is clipped, not wrapped around', () => {
  const { samples } = capture(16_000, 0.1, (t) => (t < 0.05 ? 2 : -2))[0]!;
  expect(samples[300]).toBe(32767);
  expect(capture(16_000, 0.1, () => -2)[2]!.samples[0]).toBe(-32768);
});

test('recycle: a frame that was given back is filled again', () => {
  const seen = new Set<Int16Array>();
  const core = new CaptureCore(16_000, ({ samples }) => {
    seen.add(samples);
    core.recycle(samples);
  });
  for (let i = 0; i < 100; i++) core.process(new Float32Array(128));
  expect(seen.size).toBe(1);
});

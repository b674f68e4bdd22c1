import { describe, expect, test } from 'vitest';
import { PolyphaseResampler } from './PolyphaseResampler';

function resample(from: number, to: number, input: Float32Array): Float32Array {
  const resampler = new PolyphaseResampler(from, to);
  const output: number[] = [];
  for (const sample of input) {
    resampler.write(sample);
    while (resampler.ready) output.push(resampler.read());
  }
  return Float32Array.from(output);
}

const tone = (hz: number, rate: number, seconds = 0.5) => Float32Array.from({ length: rate * seconds }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate));
/** Without the filter's beginning. */
const level = (samples: Float32Array) => {
  const middle = samples.subarray(samples.length / 4, (samples.length * 3) / 4);
  return Math.sqrt(middle.reduce((sum, x) => sum + x * x, 0) / middle.length) * Math.SQRT2;
};

const pairs = [
  [48_000, 16_000],
  [44_100, 16_000],
  [16_000, 48_000],
  [16_000, 44_100],
  [24_000, 48_000],
  [22_050, 44_100],
] as const;

describe('PolyphaseResampler', () => {
  test.each(pairs)('%i to %i Hz: gives as many samples as the time has', (from, to) => {
    const output = resample(from, to, new Float32Array(from));
    expect(Math.abs(output.length - to)).toBeLessThan(60 * Math.max(1, to / from));
  });

  test.each(pairs)('%i to %i Hz: a tone of 1 kHz stays as it is', (from, to) => {
    const output = resample(from, to, tone(1000, from));
    const expected = tone(1000, to);
    expect(level(output)).toBeCloseTo(1, 2);
    const worst = output.subarray(1000, 4000).reduce((max, x, i) => Math.max(max, Math.abs(x - expected[i + 1000]!)), 0);
    expect(worst).toBeLessThan(0.002);
  });

  test.each([
    [48_000, 16_000],
    [44_100, 16_000],
  ])('%i to %i Hz: what is too high is gone, not folded down', (from, to) => {
    expect(level(resample(from, to, tone(11_000, from)))).toBeLessThan(0.0005);
  });

  test('16 to 48 kHz: no images of the tone above the old band', () => {
    const output = resample(16_000, 48_000, tone(3000, 16_000));
    // The image would stand at 13 kHz: what correlates with it is its level.
    let [re, im] = [0, 0];
    for (let i = 3000; i < 9000; i++) {
      re += output[i]! * Math.cos((2 * Math.PI * 13_000 * i) / 48_000);
      im += output[i]! * Math.sin((2 * Math.PI * 13_000 * i) / 48_000);
    }
    expect((2 * Math.hypot(re, im)) / 6000).toBeLessThan(0.0005);
  });

  test('the same rate: nothing is changed and nothing late', () => {
    const input = Float32Array.of(0.1, -0.2, 0.3);
    expect(resample(16_000, 16_000, input)).toEqual(input);
  });

  test('reset: the stream that was is not heard in the next', () => {
    const resampler = new PolyphaseResampler(16_000, 48_000);
    for (let i = 0; i < 100; i++) resampler.write(1);
    resampler.reset();
    const outputs: number[] = [];
    for (let i = 0; i < 100; i++) {
      resampler.write(0);
      while (resampler.ready) outputs.push(resampler.read());
    }
    expect(Math.max(...outputs.map(Math.abs))).toBe(0);
  });
});

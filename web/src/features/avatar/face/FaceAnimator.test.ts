import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { VisemeItem } from '@/voice/conversation/VisemeTracks';
import type { Phase } from '@/voice/protocol/serverMessages';
import { seededRandom } from '../life/random';
import { VISEMES } from '../speech/visemes';
import { quietCues, type SpeechSource } from '../types';
import { AT } from './arkit';
import { FaceAnimator } from './FaceAnimator';

const silent: SpeechSource = { heard: () => null, track: () => undefined };
const FRAME = 1000 / 60;

function run(face: FaceAnimator, from: number, seconds: number, look?: () => void): number {
  const end = from + seconds * 1000;
  for (let now = from; now < end; now += FRAME) {
    face.update(now);
    look?.();
  }
  return end;
}

/** The share of time that the eyes spend elsewhere. */
function away(phase: Phase): number {
  const face = new FaceAnimator(silent, seededRandom(3));
  face.cues = { ...quietCues, phase };
  let frames = 0;
  let off = 0;
  run(face, 0, 30, () => {
    frames++;
    if (Math.abs(face.state.eyeYaw + face.state.headYaw) > 0.1) off++;
  });
  return off / frames;
}

describe('FaceAnimator', () => {
  test('a minute of idling: blinks each 1 to 8 seconds, 100 to 300 ms each', () => {
    const face = new FaceAnimator(silent, seededRandom(7));
    const begins: number[] = [];
    let now = 0;
    let shut = false;
    for (; now < 60_000; now += FRAME) {
      face.update(now);
      const closed = face.state.arkit[AT.eyeBlinkLeft]! > 0.6;
      if (closed && !shut) begins.push(now);
      shut = closed;
    }
    expect(begins.length).toBeGreaterThan(8);
    for (let i = 1; i < begins.length; i++) expect(begins[i]! - begins[i - 1]!).toBeLessThan(8_500);
  });

  test('thinking: the eyes look away and up; listening: they meet the other', () => {
    expect(away('thinking')).toBeGreaterThan(0.5);
    expect(away('listening')).toBeLessThan(0.2);
  });

  test('the user pauses while being listened to: a nod', () => {
    const face = new FaceAnimator(silent, () => 0.5);
    face.cues = { ...quietCues, phase: 'listening', userSpeaking: true };
    let now = run(face, 0, 5);
    let lowest = 1;
    face.cues = { ...quietCues, phase: 'listening' };
    const before = face.state.headPitch;
    now = run(face, now, 0.7, () => { lowest = Math.min(lowest, face.state.headPitch); });
    expect(lowest).toBeLessThan(before - 0.04);
  });

  test('nothing happens any more: it comes to rest, and is still', () => {
    const face = new FaceAnimator(silent, seededRandom(1));
    let now = run(face, 0, 5);
    face.isAwake = false;
    now = run(face, now, 4);
    expect(face.isStill).toBe(true);
    expect(Math.abs(face.state.breath)).toBeLessThan(0.02);
    face.isAwake = true;
    run(face, now, 0.1);
    expect(face.isStill).toBe(false);
  });

  test('an emotion: shown within half a second, an unknown one is neutral', () => {
    const face = new FaceAnimator(silent, seededRandom(1));
    face.cues = { ...quietCues, emotion: 'happy', intensity: 1 };
    let now = run(face, 0, 0.6);
    expect(face.state.arkit[AT.mouthSmileLeft]).toBeGreaterThan(0.6);
    face.cues = { ...quietCues, emotion: 'zorn', intensity: 1 };
    now = run(face, now, 2);
    expect(face.state.arkit[AT.mouthSmileLeft]).toBeLessThan(0.25);
  });

  test('anything at all: no NaN, weights within 0 and 1.2, shapes together at most 1.2', () => {
    const track = { rate: 16_000, items: Array.from({ length: 300 }, (_, i): VisemeItem => [i * 900, 900, VISEMES[i % 15]!, 1]) };
    const step = fc.record({
      dt: fc.double({ min: 0, max: 5_000, noNaN: true }),
      sample: fc.double({ min: -1e4, max: 4e5 }),
      level: fc.double({ min: -1, max: 2 }),
      phase: fc.constantFrom<Phase>('idle', 'listening', 'thinking', 'speaking', 'paused'),
      emotion: fc.constantFrom('happy', 'surprised', 'concerned', 'nothing'),
      awake: fc.boolean(),
    });
    fc.assert(fc.property(fc.nat(), fc.array(step, { maxLength: 40 }), (seed, steps) => {
      let current = { sample: 0, level: 0 };
      const source: SpeechSource = { heard: () => ({ generation: 1, sample: current.sample, rate: 16_000, playing: true }), track: () => track, level: () => current.level };
      const face = new FaceAnimator(source, seededRandom(seed));
      let now = 0;
      for (const { dt, phase, emotion, awake, ...at } of steps) {
        current = Number.isFinite(at.level) ? at : { ...at, level: 0 };
        face.cues = { phase, emotion, intensity: 1, asking: awake, userSpeaking: !awake };
        face.isAwake = awake;
        now += dt;
        face.update(now);
        const { visemes, arkit, ...angles } = face.state;
        for (const weight of [...visemes, ...arkit]) expect(weight).toSatisfy((w: number) => w >= 0 && w <= 1.2);
        expect(visemes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1.2);
        for (const angle of Object.values(angles)) expect(Math.abs(angle)).toBeLessThan(1.2);
      }
    }), { numRuns: 60 });
  });
});

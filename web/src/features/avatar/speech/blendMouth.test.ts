import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { VisemeItem } from '@/voice/conversation/VisemeTracks';
import { blendMouth, createMouthPose, restMouth } from './blendMouth';
import { VisemeTrack } from './VisemeTrack';
import { VISEMES, visemeIndex, type Viseme } from './visemes';

const RATE = 16_000;
const ms = (t: number): number => (t * RATE) / 1000;

function trackOf(...sounds: (readonly [name: Viseme, milliseconds: number])[]): VisemeTrack {
  const track = new VisemeTrack(RATE);
  let at = 0;
  track.catchUp(sounds.map(([name, length]): VisemeItem => [ms((at += length) - length), ms(length), name, 1]));
  return track;
}

const anyTrack = fc
  .array(fc.tuple(fc.nat(3_000), fc.integer({ min: 1, max: 6_000 }), fc.constantFrom(...VISEMES), fc.float({ min: 0, max: 1, noNaN: true })), { maxLength: 60 })
  .map((sounds) => {
    const track = new VisemeTrack(RATE);
    let at = 0;
    track.catchUp(sounds.map(([gap, length, name, weight]): VisemeItem => {
      const start = at + gap;
      at = start + length;
      return [start, length, name, weight];
    }));
    return track;
  });

describe('blendMouth', () => {
  test('"map": the lips are closed at m and p, and open between them', () => {
    const track = trackOf(['pp', 80], ['aa', 150], ['pp', 70]);
    const pose = createMouthPose();
    for (const [at, closed] of [[40, true], [155, false], [265, true]] as const) {
      blendMouth(track, ms(at), pose);
      if (closed) {
        expect(pose.closure).toBe(1);
        expect(pose.shapes[visemeIndex('pp')]).toBeCloseTo(1, 5);
        expect(pose.shapes[visemeIndex('aa')]).toBeCloseTo(0, 5);
      } else {
        expect(pose.closure).toBeLessThan(0.05);
        expect(pose.shapes[visemeIndex('aa')]).toBeGreaterThan(0.9);
      }
    }
  });

  test('a closing sound of 30 ms: closed all the same', () => {
    const track = trackOf(['aa', 120], ['pp', 30], ['oh', 120]);
    const pose = createMouthPose();
    blendMouth(track, ms(135), pose);
    expect(pose.closure).toBe(1);
  });

  test('"half past", "cup for": beside f the lips are pressed together at p all the same', () => {
    for (const [track, begin] of [[trackOf(['aa', 120], ['ff', 60], ['pp', 50], ['aa', 120]), 180], [trackOf(['aa', 120], ['pp', 50], ['ff', 60], ['oh', 120]), 120]] as const) {
      const pose = createMouthPose();
      for (const at of [5, 25, 45]) {
        blendMouth(track, ms(begin + at), pose);
        expect(pose.shapes[visemeIndex('pp')]).toBeGreaterThan(0.95);
      }
    }
  });

  test('before a rounded vowel: the lips form it during the consonant', () => {
    const track = trackOf(['sil', 300], ['ss', 120], ['ou', 200]);
    const pose = createMouthPose();
    blendMouth(track, ms(390), pose);
    expect(pose.shapes[visemeIndex('ou')]).toBeGreaterThan(0.2);
  });

  test('the jaw: slower than the lips', () => {
    const track = trackOf(['sil', 400], ['aa', 200], ['sil', 400]);
    const pose = createMouthPose();
    blendMouth(track, ms(400 - 125), pose);
    expect(pose.shapes[visemeIndex('aa')]).toBe(0);
    expect(pose.jaw).toBeGreaterThan(0);
    blendMouth(track, ms(500), pose);
    expect(pose.jaw).toBeGreaterThan(0.6);
  });

  test('beyond the last sound: at rest', () => {
    const pose = createMouthPose();
    blendMouth(trackOf(['aa', 100]), ms(1_000), pose);
    const rest = createMouthPose();
    restMouth(rest);
    expect([...pose.shapes]).toEqual([...rest.shapes]);
    expect(pose.jaw).toBe(0);
  });

  test('any track, any moment: no NaN, each 0 to 1, together 1', () => {
    fc.assert(fc.property(anyTrack, fc.double({ min: -1e5, max: 1e6, noNaN: true }), (track, sample) => {
      const pose = createMouthPose();
      blendMouth(track, sample, pose);
      const sum = pose.shapes.reduce((a, b) => a + b, 0);
      expect(sum).toBeGreaterThan(0.99);
      expect(sum).toBeLessThan(1.01);
      for (const weight of pose.shapes) expect(weight).toSatisfy((w: number) => w >= 0 && w <= 1.001);
      expect(pose.jaw).toSatisfy((j: number) => j >= 0 && j <= 1);
      expect(pose.closure).toSatisfy((c: number) => c >= 0 && c <= 1);
    }));
  });

  test('any order of moments: the same mouths (it can be sought)', () => {
    fc.assert(fc.property(anyTrack, fc.array(fc.double({ min: 0, max: 4e5, noNaN: true }), { minLength: 2, maxLength: 12 }), (track, moments) => {
      const wandering = createMouthPose();
      for (const moment of moments) {
        const fresh = createMouthPose();
        blendMouth(track, moment, fresh);
        blendMouth(track, moment, wandering);
        expect(wandering.shapes).toEqual(fresh.shapes);
        expect(wandering.jaw).toBe(fresh.jaw);
      }
    }));
  });
});

import { expect, test } from 'vitest';
import { Motion, PlaybackClock } from '@/voice/audio/PlaybackClock';
import type { VisemeItem } from '@/voice/conversation/VisemeTracks';
import { seededRandom } from '../life/random';
import { advance, createTick } from '../life/Tick';
import { VISEMES, visemeIndex, type Viseme } from '../speech/visemes';
import type { SpeechSource } from '../types';
import { MouthFollower } from './MouthFollower';

const RATE = 16_000;
const REPORT = 20;

/**
 * A device on a simulated clock, in milliseconds: it is given the voice without pause but for an underrun, and is heard some time later.
 * The page's clock knows what the worklet reports each 20 ms, and the output latency.
 */
class Device {
  readonly clock = new PlaybackClock();
  readonly #dryFrom: number;
  readonly #dryFor: number;
  readonly #latency: (now: number) => number;
  #reported = 0;

  constructor(dryFrom: number, dryFor: number, latency: (now: number) => number) {
    this.#dryFrom = dryFrom;
    this.#dryFor = dryFor;
    this.#latency = latency;
    this.#report(0);
  }

  /** Brings it to `now`: the worklet's reports until then, and the browser's word on the latency. */
  run(now: number): void {
    for (; this.#reported + REPORT <= now; this.#report(this.#reported)) this.#reported += REPORT;
    this.clock.align((now - this.#latency(now)) / 1000, now);
  }

  /** What the ear hears, in milliseconds of the reply: the truth. */
  audible(now: number): number {
    return this.#given(now - this.#latency(now));
  }

  #given(now: number): number {
    return now <= this.#dryFrom ? Math.max(now, 0) : Math.max(this.#dryFrom, now - this.#dryFor);
  }

  #report(at: number): void {
    const dry = at >= this.#dryFrom && at < this.#dryFrom + this.#dryFor;
    this.clock.record(at / 1000, 1, (this.#given(at) * RATE) / 1000, RATE, dry ? Motion.Still : Motion.Moving);
  }
}

function follow(device: Device, items: readonly VisemeItem[]): MouthFollower {
  const track = { rate: RATE, items };
  return new MouthFollower({ heard: (now) => device.clock.heard(now), track: () => track } satisfies SpeechSource);
}

/** Syllables of which every other one begins with closed lips. `closures` has the middles of those, in milliseconds. */
function sentence(seed: number): { items: VisemeItem[]; closures: number[]; length: number } {
  const random = seededRandom(seed);
  const vowels: Viseme[] = ['aa', 'e', 'ih', 'oh', 'ou'];
  const others = VISEMES.filter((v) => v !== 'sil' && v !== 'pp' && v !== 'ff' && !vowels.includes(v));
  const items: VisemeItem[] = [];
  const closures: number[] = [];
  let at = 0;
  const say = (viseme: Viseme, length: number): void => {
    items.push([(at * RATE) / 1000, (length * RATE) / 1000, viseme, 1]);
    at += length;
  };
  for (let syllable = 0; syllable < 60; syllable++) {
    if (syllable % 2 === 0) {
      const length = 50 + random() * 50;
      closures.push(at + length / 2);
      say('pp', length);
    } else {
      say(others[Math.floor(random() * others.length)]!, 50 + random() * 60);
    }
    say(vowels[Math.floor(random() * vowels.length)]!, 80 + random() * 120);
  }
  return { items, closures, length: at };
}

test('mouth against heard audio: p95 within 40 ms, with a 300 ms underrun and 200 ms more of output latency', () => {
  const { items, closures, length } = sentence(11);
  const device = new Device(3_500, 300, (now) => (now > 6_000 ? 230 : 30));
  const mouth = follow(device, items);
  const shut: { from: number; to: number }[] = [];
  const pp = visemeIndex('pp');
  let open = true;
  const tick = createTick();
  for (let now = 0; now < length + 800; now += 1000 / 60) {
    device.run(now);
    advance(tick, now);
    mouth.update(tick);
    const closed = mouth.pose.closure > 0.9 && mouth.pose.shapes[pp]! > 0.9;
    if (closed && open) shut.push({ from: now, to: now });
    if (closed) shut[shut.length - 1]!.to = now;
    open = !closed;
  }
  const errors = closures.map((closure) => {
    let heardAt = 0;
    while (device.audible(heardAt) < closure) heardAt += 0.5;
    return Math.min(...shut.map(({ from, to }) => Math.abs((from + to) / 2 - heardAt)));
  }).toSorted((a, b) => a - b);
  expect(errors[Math.floor(errors.length * 0.95)]).toBeLessThanOrEqual(40);
});

test('an underrun: the mouth closes while nothing is heard, and goes on with the voice', () => {
  const device = new Device(500, 300, () => 0);
  const mouth = follow(device, [[0, RATE * 2, 'aa', 1]]);
  const tick = createTick();
  const jawAt = (moment: number): number => {
    for (let now = Math.max(0, moment - 250); now <= moment; now += 1000 / 60) {
      device.run(now);
      advance(tick, now);
      mouth.update(tick);
    }
    return mouth.pose.jaw;
  };
  expect(jawAt(480)).toBeGreaterThan(0.5);
  expect(jawAt(780)).toBeLessThan(0.05);
  expect(jawAt(1_050)).toBeGreaterThan(0.5);
});

test('loud words: the jaw opens wider than for soft ones', () => {
  const track = { rate: RATE, items: [[0, RATE * 10, 'aa', 1]] as const };
  const tick = createTick();
  const jawAt = (level: number): number => {
    const mouth = new MouthFollower({ heard: (now) => ({ generation: 1, sample: now, rate: RATE, playing: true }), track: () => track, level: () => level });
    for (let now = 4_000; now < 5_000; now += 1000 / 60) {
      advance(tick, now);
      mouth.update(tick);
    }
    return mouth.pose.jaw;
  };
  expect(jawAt(0.3)).toBeGreaterThan(jawAt(0.01) * 1.4);
});

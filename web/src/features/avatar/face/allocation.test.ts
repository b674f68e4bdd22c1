import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { VisemeItem } from '@/voice/conversation/VisemeTracks';
import { seededRandom } from '../life/random';
import { VISEMES } from '../speech/visemes';
import { quietCues, type SpeechSource } from '../types';
import { FaceAnimator } from './FaceAnimator';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

test('a thousand frames of speech: the heap grows by less than 50 kB', () => {
  const track = { rate: 16_000, items: Array.from({ length: 20_000 }, (_, i): VisemeItem => [i * 900, 900, VISEMES[i % 15]!, 1]) };
  const heard = { generation: 1, sample: 0, rate: 16_000, playing: true };
  const speech: SpeechSource = {
    heard: (now) => {
      heard.sample = now * 16;
      return heard;
    },
    track: () => track,
    level: () => 0.1,
  };
  const face = new FaceAnimator(speech, seededRandom(5));
  face.cues = { ...quietCues, phase: 'speaking' };
  const frames = (from: number, count: number): void => { for (let i = from; i < from + count; i++) face.update((i * 1000) / 60); };
  frames(0, 20_000);

  // The least of some runs: what the engine and the test's own machinery keep meanwhile only adds to the others.
  const growth = [1, 2, 3, 4, 5].map((run) => {
    collect();
    const before = process.memoryUsage().heapUsed;
    frames(20_000 + run * 1_000, 1_000);
    collect();
    return process.memoryUsage().heapUsed - before;
  });
  expect(Math.min(...growth)).toBeLessThan(50_000);
});

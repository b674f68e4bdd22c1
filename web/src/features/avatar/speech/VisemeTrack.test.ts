import { describe, expect, test } from 'vitest';
import type { VisemeItem } from '@/voice/conversation/VisemeTracks';
import { VisemeTrack } from './VisemeTrack';

const startsOf = (track: VisemeTrack): number[] => [...track.starts.subarray(0, track.length)];

describe('VisemeTrack', () => {
  test('a list that grows: each item is taken over once', () => {
    const track = new VisemeTrack(16_000);
    const items: VisemeItem[] = [[0, 100, 'sil', 1], [100, 50, 'kk', 0.75]];
    track.catchUp(items);
    items.push([150, 80, 'oh', 1]);
    track.catchUp(items);
    track.catchUp(items);
    expect(startsOf(track)).toEqual([0, 100, 150]);
    expect([...track.ends.subarray(0, 3)]).toEqual([100, 150, 230]);
    expect(track.weights[1]).toBe(0.75);
  });

  test('overlaps, nonsense and unknown names: no overlap, no nonsense, silence', () => {
    const track = new VisemeTrack(16_000);
    track.catchUp([[0, 100, 'aa', 9], [50, 100, 'nobody' as 'sil', 1], [120, 10, 'ss', 1], [Number.NaN, 10, 'aa', 1], [200, -5, 'aa', 1]]);
    expect(startsOf(track)).toEqual([0, 100]);
    expect(track.weights[0]).toBe(1);
    expect(track.visemes[1]).toBe(0);
  });

  test('more than it was made for: it grows', () => {
    const track = new VisemeTrack(16_000);
    track.catchUp(Array.from({ length: 1_000 }, (_, i): VisemeItem => [i * 10, 10, 'aa', 1]));
    expect(track.length).toBe(1_000);
    expect(track.starts[999]).toBe(9_990);
  });
});

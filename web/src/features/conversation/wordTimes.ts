import type { Reply, Segment } from '@/voice/conversation/ConversationState';
import type { VisemeTrack } from '@/voice/conversation/VisemeTracks';

/** The words of a text, in order. */
export function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** At which sample each word of a reply begins, as far as it is known: as the voice tells, and guessed where it doesn't. */
export function wordTimes({ text, segments, samples }: Pick<Reply, 'text' | 'segments' | 'samples'>, track: VisemeTrack | undefined): Float64Array {
  const times = guess(segments, track, samples);
  const told = track?.words ?? [];
  let next = 0;
  for (const [i, { 0: word, index }] of [...text.matchAll(/\S+/g)].entries()) {
    while (next < told.length && told[next]![3] <= index) next++;
    if (next === told.length) break;
    if (told[next]![2] < index + word.length) times[i] = told[next]![0];
  }
  // What nobody tells of, such as a dash, goes with the word behind it; and no guess lies behind what is known.
  for (let i = times.length - 2; i >= 0; i--) times[i] = Math.min(times[i] ?? Infinity, times[i + 1]!);
  return Float64Array.from(times);
}

/**
 * Clauses begin where the server says, and within a clause the words share the time in which the mouth moves by their letters. That is right to a
 * syllable or two, which is enough to read along.
 */
function guess(segments: readonly Segment[], track: VisemeTrack | undefined, samples: number | null): number[] {
  const times: number[] = [];
  segments.forEach((segment, i) => {
    const end = segments[i + 1]?.sampleOffset ?? samples ?? Infinity;
    const [from, to] = voicedPart(track, segment.sampleOffset, end);
    const words = wordsOf(segment.text);
    const total = words.reduce((sum, word) => sum + weight(word), 0);
    let passed = 0;
    for (const word of words) {
      times.push(from + ((to - from) * passed) / total);
      passed += weight(word);
    }
  });
  return times;
}

/** Which word is being said at a sample; -1 before the first. */
export function wordAt(times: Float64Array, sample: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= sample) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function weight(word: string): number {
  return word.length + 1.5;
}

function voicedPart(track: VisemeTrack | undefined, start: number, end: number): [number, number] {
  let from = Number.NaN;
  let to = start;
  for (const [at, duration, viseme] of track?.items ?? []) {
    if (at < start || at >= end || viseme === 'sil') continue;
    if (Number.isNaN(from)) from = at;
    to = at + duration;
  }
  if (!Number.isNaN(from)) return [from, to];
  return [start, Number.isFinite(end) ? end : start];
}

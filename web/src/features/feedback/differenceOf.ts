import type { Pronunciation, ScoredPhone } from '@/voice/protocol/serverMessages';

export type Difference = NonNullable<Pronunciation['difference']>;

/** A stretch of a word that sounds farther from the model, or nearer. */
export interface DifferenceColumn {
  /** Where it begins and how wide it is, as shares of the word. */
  readonly x: number;
  readonly width: number;
  /** Decibels. */
  readonly distortion: number;
}

export interface PhonePlace {
  readonly phone: string;
  readonly x: number;
  readonly width: number;
}

export interface DifferencePicture {
  readonly columns: readonly DifferenceColumn[];
  readonly phones: readonly PhonePlace[];
  /** Which of the phones is farthest from the model; null where none stands out. */
  readonly farthest: string | null;
}

// By so much a sound is farther than the word on the whole, in dB, before it is named.
const standsOut = 1;

/** How a word differs from the model, over its time; null where it was not compared. */
export function differenceOf(phones: readonly ScoredPhone[], { step_ms: step, distortion }: Difference): DifferencePicture | null {
  const from = phones[0]?.start_ms ?? 0;
  const to = phones.at(-1)?.end_ms ?? 0;
  if (to <= from) return null;
  const share = (ms: number) => (ms - from) / (to - from);
  const columns = distortion.flatMap((value, i) => {
    const [start, end] = [Math.max(from, i * step), Math.min(to, (i + 1) * step)];
    return typeof value !== 'number' || end <= start ? [] : [{ x: share(start), width: share(end) - share(start), distortion: value }];
  });
  if (columns.length === 0) return null;
  const places = phones.map(({ phone, start_ms, end_ms }) => ({ phone, x: share(start_ms), width: share(end_ms) - share(start_ms) }));
  const means = places.map((place) => ({ phone: place.phone, distortion: meanOver(columns, place) ?? -Infinity }));
  const worst = means.reduce((a, b) => (b.distortion > a.distortion ? b : a));
  const mean = meanOver(columns, { x: 0, width: 1 })!;
  return { columns, phones: places, farthest: places.length > 1 && worst.distortion > mean + standsOut ? worst.phone : null };
}

/** By how much of a place each column covers. */
function meanOver(columns: readonly DifferenceColumn[], place: { readonly x: number; readonly width: number }): number | null {
  let [sum, weight] = [0, 0];
  for (const { x, width, distortion } of columns) {
    const covered = Math.max(0, Math.min(x + width, place.x + place.width) - Math.max(x, place.x));
    sum += covered * distortion;
    weight += covered;
  }
  return weight > 0 ? sum / weight : null;
}

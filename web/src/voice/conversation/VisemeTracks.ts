import type { Viseme } from '../protocol/serverMessages';

/** A mouth shape: first sample of the generation, how many, which, how much (0 to 1). */
export type VisemeItem = readonly [startSample: number, durationSamples: number, viseme: Viseme, weight: number];

/** A word: first sample of the generation, how many, first character of the reply's text, and the one behind its last. */
export type WordItem = readonly [startSample: number, durationSamples: number, textStart: number, textEnd: number];

/** The mouth of a generation, and its words. They are only ever added, so whoever has read `items.length` of them goes on from there. */
export interface VisemeTrack {
  readonly generation: number;
  /** Samples a second in which the items count. */
  readonly rate: number;
  readonly items: readonly VisemeItem[];
  /** Empty where the voice doesn't tell. */
  readonly words: readonly WordItem[];
}

interface GrowingTrack extends VisemeTrack {
  readonly items: VisemeItem[];
  readonly words: WordItem[];
}

// As many replies can be replayed with the mouth.
const kept = 64;

/** The mouth shapes of the newest generations, by generation. */
export class VisemeTracks {
  readonly #tracks = new Map<number, GrowingTrack>();

  of(generation: number): VisemeTrack | undefined {
    return this.#tracks.get(generation);
  }

  /** Adds what lies behind the track's end; what comes again, after the line broke, is passed over. */
  add(generation: number, rate: number, items: readonly VisemeItem[], words: readonly WordItem[] = []): void {
    let track = this.#tracks.get(generation);
    if (!track) {
      track = { generation, rate, items: [], words: [] };
      this.#tracks.set(generation, track);
      if (this.#tracks.size > kept) this.#tracks.delete(this.#tracks.keys().next().value!);
    }
    append(track.items, items);
    append(track.words, words);
  }
}

function append<T extends VisemeItem | WordItem>(known: T[], more: readonly T[]): void {
  for (const item of more) {
    const last = known.at(-1);
    if (!last || item[0] >= last[0] + last[1]) known.push(item);
  }
}

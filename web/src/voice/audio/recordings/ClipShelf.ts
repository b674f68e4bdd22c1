import type { Clip } from './Clip';

/** Clips under a name, the newest as far as they fit: memory that a long conversation can't fill. */
export class ClipShelf {
  readonly #clips = new Map<string, Clip>();
  #bytes = 0;

  constructor(private readonly capacity = 24_000_000) {}

  put(name: string, clip: Clip): void {
    this.#remove(name);
    this.#clips.set(name, clip);
    this.#bytes += clip.samples.byteLength;
    for (const oldest of this.#clips.keys()) {
      if (this.#bytes <= this.capacity || oldest === name) break;
      this.#remove(oldest);
    }
  }

  get(name: string): Clip | null {
    return this.#clips.get(name) ?? null;
  }

  #remove(name: string): void {
    this.#bytes -= this.#clips.get(name)?.samples.byteLength ?? 0;
    this.#clips.delete(name);
  }
}

import type { VisemeItem } from '@/voice/conversation/VisemeTracks';
import { visemeIndex } from './visemes';

const FIRST_CAPACITY = 128;

/**
 * The mouth shapes of one reply as a frame reads them: in typed arrays, sorted, without overlap, in samples from the reply's start.
 * It only grows.
 */
export class VisemeTrack {
  readonly sampleRate: number;
  length = 0;
  starts = new Float64Array(FIRST_CAPACITY);
  ends = new Float64Array(FIRST_CAPACITY);
  visemes = new Uint8Array(FIRST_CAPACITY);
  weights = new Float32Array(FIRST_CAPACITY);
  #read = 0;

  constructor(sampleRate: number) {
    this.sampleRate = sampleRate;
  }

  /** Takes over what has been added to `items` since the last time. Items that are none, or lie behind the end, are passed over. */
  catchUp(items: readonly VisemeItem[]): void {
    for (; this.#read < items.length; this.#read++) this.#add(items[this.#read]!);
  }

  #add([start, duration, viseme, weight]: VisemeItem): void {
    const from = Math.max(start, this.length > 0 ? this.ends[this.length - 1]! : 0);
    // Written so that a NaN is no item either.
    if (!(start + duration > from)) return;
    if (this.length === this.starts.length) this.#grow();
    this.starts[this.length] = from;
    this.ends[this.length] = start + duration;
    this.visemes[this.length] = visemeIndex(viseme);
    this.weights[this.length] = weight > 0 ? Math.min(weight, 1) : 0;
    this.length++;
  }

  #grow(): void {
    const capacity = this.starts.length * 2;
    this.starts = copy(this.starts, new Float64Array(capacity));
    this.ends = copy(this.ends, new Float64Array(capacity));
    this.visemes = copy(this.visemes, new Uint8Array(capacity));
    this.weights = copy(this.weights, new Float32Array(capacity));
  }
}

function copy<T extends Float64Array | Uint8Array | Float32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

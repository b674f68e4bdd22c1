import type { AudioPacket } from '../../protocol/audioPacket';
import type { Clip } from './Clip';

interface Tape {
  rate: number;
  samples: Int16Array;
  length: number;
}

// Longer replies are not kept to their end.
const longest = 120;

/** The voice of the newest replies, so that a sentence can be heard again without the server. */
export class ReplyTapes {
  readonly #tapes = new Map<number, Tape>();

  /** @param kept How many replies are kept. */
  constructor(private readonly kept = 32) {}

  /** Adds a packet; the caller keeps the original. */
  write({ generation, sampleOffset, samples }: AudioPacket, rate: number): void {
    let tape = this.#tapes.get(generation);
    if (!tape) {
      tape = { rate, samples: new Int16Array(rate * 2), length: 0 };
      this.#tapes.set(generation, tape);
      if (this.#tapes.size > this.kept) this.#tapes.delete(this.#tapes.keys().next().value!);
    }
    const end = sampleOffset + samples.length;
    if (end > rate * longest) return;
    if (end > tape.samples.length) tape.samples = grown(tape.samples, end);
    tape.samples.set(samples, sampleOffset);
    tape.length = Math.max(tape.length, end);
  }

  /** What was said from one sample of a generation to another; null where it is not kept. */
  cut(generation: number, from: number, to = Infinity): Clip | null {
    const tape = this.#tapes.get(generation);
    const end = Math.min(to, tape?.length ?? 0);
    return tape && end > from ? { samples: tape.samples.slice(from, end), rate: tape.rate } : null;
  }
}

function grown(samples: Int16Array, needed: number): Int16Array {
  const larger = new Int16Array(Math.max(needed, samples.length * 2));
  larger.set(samples);
  return larger;
}

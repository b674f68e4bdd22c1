export interface QueuedPacket {
  readonly generation: number;
  /** Samples of the generation before this packet's first. */
  readonly offset: number;
  readonly rate: number;
  readonly samples: ArrayLike<number>;
}

/**
 * The packets that wait to be played, in order: what comes twice is cut away, what is older than the newest generation is refused.
 * A queue holds 30 s at most; the server never sends so far ahead.
 */
export class PacketQueue {
  static readonly capacity = 1500;
  #packets: QueuedPacket[] = [];
  #read = 0;
  #newest = 0;
  #expected = 0;

  /** The packet that is played next. */
  get head(): QueuedPacket | undefined {
    return this.#packets[0];
  }

  /** False where nothing of it is new. */
  add(packet: QueuedPacket): boolean {
    if (packet.generation < this.#newest || this.#packets.length >= PacketQueue.capacity) return false;
    let { offset, samples } = packet;
    if (packet.generation === this.#newest && offset < this.#expected) {
      const known = Math.min(samples.length, this.#expected - offset);
      samples = Array.prototype.slice.call(samples, known);
      offset += known;
      if (samples.length === 0) return false;
    }
    this.#newest = packet.generation;
    this.#expected = offset + samples.length;
    this.#packets.push({ generation: packet.generation, offset, rate: packet.rate, samples });
    return true;
  }

  /** Where in its generation the next sample stands. */
  get offset(): number {
    const { head } = this;
    return head ? head.offset + this.#read : this.#expected;
  }

  /** The next sample of a generation, -1 to 1; NaN where none is there. */
  next(generation: number): number {
    const { head } = this;
    if (!head || head.generation !== generation) return Number.NaN;
    const sample = head.samples[this.#read++]! / 32768;
    if (this.#read >= head.samples.length) {
      this.#packets.shift();
      this.#read = 0;
    }
    return sample;
  }

  /** How many samples of a generation wait. */
  waiting(generation: number): number {
    let sum = -this.#read;
    for (const packet of this.#packets) {
      if (packet.generation !== generation) break;
      sum += packet.samples.length;
    }
    return Math.max(0, sum);
  }

  /** Whether a newer generation waits behind this one, so that nothing of it follows. */
  hasNewerThan(generation: number): boolean {
    return this.#newest > generation;
  }

  /** Throws away what is older than a generation. */
  dropBelow(lowest: number): void {
    if (!this.head || this.head.generation >= lowest) return;
    this.#packets = this.#packets.filter((packet) => packet.generation >= lowest);
    this.#read = 0;
  }
}

import { Motion } from '../PlaybackClock';
import { PolyphaseResampler } from '../PolyphaseResampler';
import { JitterCushion } from './JitterCushion';
import type { Gate, PlaybackHealth, PlaybackReport } from './messages';
import { PacketQueue, type QueuedPacket } from './PacketQueue';

const fadeSeconds = 0.005;
const reportSeconds = 0.016;

type Tell = (report: PlaybackReport) => void;

/**
 * What the playback worklet does, without the worklet: gives the device the voice, quantum by quantum. It begins once the cushion is full,
 * fades out where audio is late and goes on when the cushion is full again, and falls silent within the quantum in which a generation's gate has
 * closed, or holds it; what is held goes on at the very sample.
 */
export class PlaybackCore {
  readonly #queue = new PacketQueue();
  readonly #cushion = new JitterCushion();
  // Sample counts of generations whose audio has all come; the newest few.
  readonly #ends = new Map<number, number>();
  readonly #fade: number;
  readonly #reportEvery: number;
  #resampler: PolyphaseResampler | null = null;
  #resamplerRate = 0;
  #lowest = 0;

  // What is being played: 0 is none.
  #generation = 0;
  #rate = 0;
  #start = 0;
  #consumed = 0;
  #left = 0;
  #drained = 0;
  #running = false;
  // Which generation is held: one that is cut takes its hold with it, and can't strand the next.
  #held = 0;
  #gain = 0;
  #holdFade = 0;
  #waitingSince = Number.NaN;

  #last = 0;
  #click = 0;
  #reportedAt = 0;
  #underruns = 0;
  #stale = 0;

  /**
   * @param deviceRate Frames a second of the context.
   * @param gate Called at each quantum.
   */
  constructor(
    private readonly deviceRate: number,
    private readonly gate: () => Gate,
    private readonly tell: Tell,
  ) {
    this.#fade = 1 / (fadeSeconds * deviceRate);
    this.#reportEvery = reportSeconds * deviceRate;
  }

  /** A packet came, at a frame of the context. */
  add(packet: QueuedPacket, frame: number): void {
    if (packet.generation < this.#lowest || !this.#queue.add(packet)) {
      this.#stale++;
      return;
    }
    if (packet.offset === 0) this.#cushion.restart();
    this.#cushion.arrived((frame / this.deviceRate) * 1000, (packet.samples.length / packet.rate) * 1000);
    if (packet.generation === this.#generation) this.#left = this.#queue.waiting(this.#generation);
    if (!this.#running && Number.isNaN(this.#waitingSince)) this.#waitingSince = frame;
  }

  /** All audio of a generation has come. */
  end(generation: number, samples: number): void {
    this.#ends.set(generation, samples);
    if (this.#ends.size > 8) this.#ends.delete(this.#ends.keys().next().value!);
  }

  /** Fills a quantum that begins at a frame of the context. */
  process(out: Float32Array, frame: number): void {
    this.#obeyGate(frame);
    this.#holdFade = 1 / out.length;
    const click = this.#click;
    this.#click = 0;
    let i = 0;
    for (; i < out.length; i++) {
      if (!this.#running && !this.#begin(frame + i)) break;
      const sample = this.#next();
      if (Number.isNaN(sample)) {
        this.#runOut(frame + i);
        break;
      }
      out[i] = sample;
      if (this.#gain === 0 && this.#isHeld()) {
        this.#stop(frame + i + 1, Motion.Still);
        break;
      }
    }
    this.#last = i === out.length ? out[out.length - 1]! : 0;
    // What was cut goes to zero within this quantum, along a curve that holds nothing of what would have followed.
    if (click !== 0) for (let k = 0; k < out.length; k++) out[k] = out[k]! + click * (0.5 + 0.5 * Math.cos((Math.PI * (k + 1)) / out.length));
    if (this.#running && frame + out.length - this.#reportedAt >= this.#reportEvery) this.#report(frame + out.length, Motion.Moving);
  }

  get health(): PlaybackHealth {
    const { head } = this.#queue;
    const bufferedMs = head ? (this.#queue.waiting(head.generation) / head.rate) * 1000 : 0;
    return { bufferedMs, cushionMs: this.#cushion.value, underruns: this.#underruns, stale: this.#stale };
  }

  #obeyGate(frame: number): void {
    const { lowest, held } = this.gate();
    this.#held = held;
    if (lowest <= this.#lowest) return;
    this.#lowest = lowest;
    this.#queue.dropBelow(lowest);
    if (this.#generation === 0 || this.#generation >= lowest) return;
    this.#click = this.#last;
    this.#gain = 0;
    this.#stop(frame, Motion.Over);
    this.#generation = 0;
  }

  /** Begins, or goes on, if it may. */
  #begin(frame: number): boolean {
    const { head } = this.#queue;
    if (this.#generation !== 0 && head?.generation !== this.#generation && this.#isComplete()) this.#finish(frame);
    if (!head || this.#held === head.generation || !this.#isEnough(head, frame)) return false;
    if (head.generation !== this.#generation) {
      this.#generation = head.generation;
      this.#rate = head.rate;
      this.#start = this.#consumed = this.#queue.offset;
      this.#drained = 0;
      this.#gain = 0;
      this.#tune(head.rate);
    }
    this.#left = this.#queue.waiting(head.generation);
    this.#running = true;
    this.#waitingSince = Number.NaN;
    this.#report(frame, Motion.Moving);
    return true;
  }

  /** The cushion is full, or nothing more comes to fill it. */
  #isEnough(head: QueuedPacket, frame: number): boolean {
    const { generation, rate } = head;
    if (this.#ends.has(generation) || this.#queue.hasNewerThan(generation)) return true;
    const cushion = this.#cushion.value / 1000;
    return this.#queue.waiting(generation) >= cushion * rate || frame - this.#waitingSince >= 2 * cushion * this.deviceRate;
  }

  #tune(rate: number): void {
    if (this.#resampler && this.#resamplerRate === rate) this.#resampler.reset();
    else this.#resampler = new PolyphaseResampler(rate, this.deviceRate);
    this.#resamplerRate = rate;
  }

  /** The next sample for the device; NaN where none is there. */
  #next(): number {
    const resampler = this.#resampler!;
    while (!resampler.ready) {
      const sample = this.#pull(resampler);
      if (Number.isNaN(sample)) return sample;
      resampler.write(sample);
    }
    const wanted = this.#isHeld() || (this.#left <= fadeSeconds * this.#rate && !this.#isComplete()) ? 0 : 1;
    const step = this.#isHeld() ? this.#holdFade : this.#fade;
    this.#gain = wanted > this.#gain ? Math.min(1, this.#gain + step) : Math.max(wanted, this.#gain - step);
    return resampler.read() * this.#gain;
  }

  #pull(resampler: PolyphaseResampler): number {
    const { offset } = this.#queue;
    const sample = this.#queue.next(this.#generation);
    if (!Number.isNaN(sample)) {
      this.#consumed = offset + 1;
      this.#left--;
      return sample;
    }
    // The filter still holds the generation's last sound.
    if (this.#isComplete() && this.#drained < resampler.delay) {
      this.#drained++;
      return 0;
    }
    return sample;
  }

  #isHeld(): boolean {
    return this.#held === this.#generation;
  }

  /** Whether nothing of the generation follows behind what is queued. */
  #isComplete(): boolean {
    return this.#ends.has(this.#generation) || this.#queue.hasNewerThan(this.#generation);
  }

  #runOut(frame: number): void {
    if (this.#isComplete()) return this.#finish(frame);
    this.#underruns++;
    this.#gain = 0;
    this.#stop(frame, Motion.Still);
  }

  #finish(frame: number): void {
    this.#start = this.#consumed = this.#ends.get(this.#generation) ?? this.#consumed;
    this.#stop(frame, Motion.Over);
    this.#generation = 0;
  }

  #stop(frame: number, motion: Motion): void {
    this.#running = false;
    // The wait for the cushion counts from now where audio is there, else from the first packet on.
    this.#waitingSince = this.#queue.head ? frame : Number.NaN;
    this.#report(frame, motion);
  }

  #report(frame: number, motion: Motion): void {
    this.#reportedAt = frame;
    // What the filter has taken and not given yet was not heard.
    const sample = motion === Motion.Over ? this.#consumed : Math.max(this.#start, this.#consumed - (this.#resampler?.delay ?? 0));
    this.tell({ frame, generation: this.#generation, sample, rate: this.#rate, motion, health: this.health });
  }
}

import type { AudioPacket } from '../protocol/audioPacket';
import type { AudioNodes } from './AudioEngine';
import type { GenerationGate } from './GenerationGate';
import { Motion, type PlaybackClock } from './PlaybackClock';
import type { PlaybackCommand, PlaybackHealth, PlaybackReport } from './playback/messages';

const nothing: PlaybackHealth = { bufferedMs: 0, cushionMs: 0, underruns: 0, stale: 0 };
// Where the browser doesn't say how late its output is.
const guessedLatency = 0.02;

/** The page's end of the playback worklet: hands it the voice, hears from it where the voice is. */
export class Speaker {
  #port: MessagePort | null = null;
  #context: AudioContext | null = null;
  #health = nothing;

  constructor(
    private readonly gate: GenerationGate,
    private readonly clock: PlaybackClock,
    private readonly onReport: (report: PlaybackReport) => void,
  ) {}

  /** Of the newest report. */
  get health(): PlaybackHealth {
    return this.#health;
  }

  attach({ playback, context }: AudioNodes): void {
    if (this.#port) return;
    this.#port = playback.port;
    this.#context = context;
    playback.port.addEventListener('message', ({ data }: MessageEvent<PlaybackReport>) => this.#hear(data));
    playback.port.start();
    this.#tellGate();
  }

  /** Plays a packet; one of a generation that is over is dropped here already. */
  play(packet: AudioPacket, rate: number): boolean {
    if (!this.#port || !this.gate.lets(packet.generation)) return false;
    const { generation, sampleOffset: offset, samples } = packet;
    this.#send({ type: 'audio', generation, offset, rate, samples }, [samples.buffer as ArrayBuffer]);
    return true;
  }

  end(generation: number, samples: number): void {
    this.#send({ type: 'end', generation, samples });
  }

  /** Silence at once, to go on at the very sample. */
  hold(generation: number): void {
    this.gate.hold(generation);
    this.#tellGate();
  }

  release(): void {
    this.gate.hold(0);
    this.#tellGate();
  }

  /** Silence at once, for a generation and all before it. */
  cut(generation: number): void {
    this.gate.close(generation);
    this.#tellGate();
  }

  #tellGate(): void {
    const { shared, lowest, held } = this.gate;
    if (!shared) this.#send({ type: 'gate', lowest, held });
  }

  #send(command: PlaybackCommand, transfer: Transferable[] = []): void {
    this.#port?.postMessage(command, transfer);
  }

  #hear(report: PlaybackReport): void {
    const context = this.#context!;
    this.#health = report.health;
    this.clock.record(report.frame / context.sampleRate, report.generation, report.sample, report.rate, report.motion as Motion);
    alignClock(this.clock, context);
    this.onReport(report);
  }
}

/** Tells the clock which time of the context the ear is at. */
export function alignClock(clock: PlaybackClock, context: AudioContext): void {
  const now = performance.now();
  const stamp = context.getOutputTimestamp?.();
  if (stamp?.contextTime && stamp.performanceTime) clock.align(stamp.contextTime + (now - stamp.performanceTime) / 1000, now);
  else clock.align(context.currentTime - (context.outputLatency || (context.baseLatency ?? 0) + guessedLatency), now);
}

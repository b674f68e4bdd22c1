import { AudioEngine } from './audio/AudioEngine';
import { captureRate } from './audio/capture/CaptureCore';
import { ClipPlayer } from './audio/ClipPlayer';
import { GenerationGate } from './audio/GenerationGate';
import { Microphone, type MicrophoneOptions } from './audio/Microphone';
import { PlaybackClock } from './audio/PlaybackClock';
import { PlaybackReporter } from './audio/PlaybackReporter';
import type { Clip } from './audio/recordings/Clip';
import { ClipShelf } from './audio/recordings/ClipShelf';
import { MicrophoneTape } from './audio/recordings/MicrophoneTape';
import { ReplyTapes } from './audio/recordings/ReplyTapes';
import { Speaker } from './audio/Speaker';
import { CallFigures } from './CallFigures';
import { Connection } from './connection/Connection';
import { probe } from './connection/probe';
import { ConversationStore } from './conversation/ConversationStore';
import { MicrophoneRoute } from './MicrophoneRoute';
import { pageTimers } from './pageTimers';
import type { AudioPacket } from './protocol/audioPacket';
import type { ClientMessage } from './protocol/clientMessages';
import type { SessionConfig } from './protocol/config';
import type { ServerMessage } from './protocol/serverMessages';

// What is kept of a turn's audio beyond what the detector took for speech.
const marginMs = 250;
const defaultRate = 16_000;

export interface Identity {
  readonly learnerId: string;
  readonly key: string;
}

/** The call. One a page; nothing of React. It is idle until `start`, and can be started again after `end`. */
export class VoiceClient {
  readonly clock = new PlaybackClock();
  readonly conversation = new ConversationStore((flush) => {
    // A hidden page has no frames.
    if (document.hidden) setTimeout(flush, 200);
    else requestAnimationFrame(flush);
  });
  readonly engine: AudioEngine;
  readonly microphone: Microphone;
  readonly route: MicrophoneRoute;
  readonly connection: Connection;
  readonly speaker: Speaker;
  /** Plays sounds beside the call. */
  readonly player: ClipPlayer;
  readonly #timers = pageTimers();
  readonly #gate = new GenerationGate(globalThis.crossOriginIsolated === true && typeof SharedArrayBuffer !== 'undefined');
  readonly #reporter: PlaybackReporter;
  readonly #figures: CallFigures;
  readonly #spoken = new MicrophoneTape(captureRate);
  readonly #turnClips = new ClipShelf();
  readonly #replies = new ReplyTapes();
  #rate = defaultRate;
  #newest = 0;

  constructor(identity: () => Identity = () => ({ learnerId: '', key: '' })) {
    this.engine = new AudioEngine(this.#gate.shared);
    this.player = new ClipPlayer(this.engine, this.clock);
    this.connection = new Connection({
      url: `${location.origin.replace(/^http/, 'ws')}/v1/converse`,
      openSocket: (url, protocols) => new WebSocket(url, [...protocols]),
      probe,
      timers: this.#timers,
      random: Math.random,
      identity,
      onMessage: (message) => this.#onMessage(message),
      onAudio: (packet) => this.#onAudio(packet),
    });
    const send = (message: ClientMessage) => this.connection.send(message);
    this.#figures = new CallFigures(() => performance.now(), send);
    this.#reporter = new PlaybackReporter(this.clock, this.#timers, send);
    this.speaker = new Speaker(this.#gate, this.clock, (report) => this.#reporter.reported(report));
    this.route = new MicrophoneRoute({ send, sendAudio: (samples) => this.#sendAudio(samples), isReplaying: () => this.player.playing.getState().name !== null });
    this.microphone = new Microphone((samples) => this.route.take(samples, this.microphone.store.getState().muted));
    window.addEventListener('online', () => this.connection.retry());
    window.addEventListener('pagehide', () => {
      this.#figures.end(false);
      this.connection.end();
    });
  }

  /** Wakes the sound and opens the microphone. Call it from a gesture. False where there is no microphone: one can type all the same. */
  async prepare(options: MicrophoneOptions): Promise<boolean> {
    const nodes = await this.engine.start().catch(() => null);
    if (!nodes) return false;
    this.speaker.attach(nodes);
    this.microphone.attach(nodes);
    return this.microphone.open(options);
  }

  /** Whether a call goes on, whatever the state of its line. */
  get isActive(): boolean {
    const { state } = this.connection.line.getState();
    return state !== 'idle' && state !== 'ended';
  }

  /** Begins to talk. */
  start(config: SessionConfig): void {
    this.route.setMode(config.turn?.mode ?? 'auto');
    this.connection.start(config);
  }

  configure(changes: SessionConfig): void {
    if (changes.turn?.mode) this.route.setMode(changes.turn.mode);
    this.connection.configure(changes);
  }

  /** Ends the call. The microphone stays open until `microphone.close`. */
  end(): void {
    this.#figures.end(true);
    this.connection.end();
    this.#silence(this.#newest);
    this.player.stop();
    this.conversation.set({ phase: 'idle', generation: null, userSpeaking: false, suggestions: [], problem: null });
  }

  /** Stops what the assistant says, at once, without waiting for the server. */
  interrupt(): void {
    this.player.stop();
    this.#silence(this.#newest);
    this.connection.send({ type: 'interrupt' });
  }

  /** Says something by the keyboard. */
  say(text: string, suggestionId?: string): void {
    this.#silence(this.#newest);
    this.conversation.typed(text);
    this.#figures.typed();
    this.connection.send({ type: 'text_input', text, ...(suggestionId !== undefined && { suggestion_id: suggestionId }) });
  }

  /** What the user said in a turn; null where it is not kept any more. */
  ownVoice(turnId: string): Clip | null {
    return this.#turnClips.get(turnId);
  }

  /** What a reply said, from one of its samples to another. */
  replyVoice(generation: number, from: number, to?: number): Clip | null {
    return this.#replies.cut(generation, from, to);
  }

  #silence(generation: number): void {
    this.speaker.cut(generation);
    this.#reporter.stop(generation);
  }

  #sendAudio(samples: Int16Array): void {
    if (this.connection.line.getState().state !== 'live') return;
    this.#spoken.write(samples);
    this.connection.sendAudio(samples.buffer as ArrayBuffer);
  }

  #onAudio(packet: AudioPacket): void {
    this.#newest = Math.max(this.#newest, packet.generation);
    if (!this.#gate.lets(packet.generation)) return;
    this.player.stop();
    this.#replies.write(packet, this.#rate);
    this.#reporter.began(packet.generation);
    this.speaker.play(packet, this.#rate);
  }

  #onMessage(message: ServerMessage): void {
    this.conversation.apply(message);
    this.#figures.onMessage(message);
    switch (message.type) {
      case 'session.ready':
        this.#rate = message.config.audio?.out?.sample_rate ?? defaultRate;
        this.#spoken.restart();
        this.route.lineOpened();
        if (!message.resumed) this.#silence(this.#newest);
        break;
      case 'reply_begin':
        this.#newest = Math.max(this.#newest, message.generation_id);
        break;
      case 'paused':
        this.speaker.hold(message.generation_id);
        break;
      case 'resumed':
        this.speaker.release();
        break;
      case 'audio_end':
        this.speaker.end(message.generation_id, message.samples);
        if (message.samples === 0) this.#reporter.stop(message.generation_id);
        break;
      case 'generation_cancelled':
        this.#silence(message.generation_id);
        break;
      case 'turn_end':
        if (!message.beside) this.#keepTurn(message.turn_id, message.speech_start_ms, message.speech_end_ms);
        break;
      default:
    }
  }

  #keepTurn(turnId: string, startMs: number, endMs: number): void {
    const samples = this.#spoken.cut(startMs - marginMs, endMs + marginMs);
    if (samples) this.#turnClips.put(turnId, { samples, rate: captureRate });
  }
}

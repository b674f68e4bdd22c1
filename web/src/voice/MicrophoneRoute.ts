import { captureRate, frameSamples } from './audio/capture/CaptureCore';
import type { Clip } from './audio/recordings/Clip';
import type { ClientMessage } from './protocol/clientMessages';

// Silence for so long ends every turn that was begun; then nothing is sent any more.
const silenceFrames = 10 * 50;
const longestAside = 30;

export type TalkMode = 'auto' | 'push_to_talk';

interface RoutePorts {
  readonly send: (message: ClientMessage) => void;
  readonly sendAudio: (samples: Int16Array) => void;
  /** While a clip plays the microphone would hear it, and take it for the user. */
  readonly isReplaying: () => boolean;
}

/** Where the microphone's sound goes: to the server, nowhere, or onto a clip of its own while the user practises a sentence. */
export class MicrophoneRoute {
  readonly #silence = new Int16Array(frameSamples);
  #mode: TalkMode = 'auto';
  #talking = false;
  #silent = 0;
  #aside: Int16Array[] | null = null;

  constructor(private readonly ports: RoutePorts) {}

  setMode(mode: TalkMode): void {
    if (mode !== this.#mode) this.letGo();
    this.#mode = mode;
  }

  /** The user holds the button: what follows is a turn. */
  talk(): void {
    if (this.#talking) return;
    this.#talking = true;
    this.ports.send({ type: 'start_listen' });
  }

  /** The button is let go: the turn is over. */
  letGo(): void {
    if (!this.#talking) return;
    this.#talking = false;
    this.ports.send({ type: 'stop_listen' });
  }

  /** The server knows nothing of a turn that was begun on the line before. */
  lineOpened(): void {
    if (this.#talking) this.ports.send({ type: 'start_listen' });
    this.#silent = 0;
  }

  /** Begins to record a sentence that the server is not to hear as a turn. */
  beginAside(): void {
    this.#aside = [];
  }

  /** What was said since. */
  endAside(): Clip {
    const frames = this.#aside ?? [];
    this.#aside = null;
    const samples = new Int16Array(frames.length * frameSamples);
    frames.forEach((frame, i) => samples.set(frame, i * frameSamples));
    return { samples, rate: captureRate };
  }

  /** Takes 20 ms of the microphone. */
  take(samples: Int16Array, muted: boolean): void {
    if (this.#aside) {
      if (this.#aside.length < longestAside * 50) this.#aside.push(samples.slice());
      this.#sendSilence();
    } else if (this.#mode === 'push_to_talk' && !this.#talking) {
      this.#silent = silenceFrames;
    } else if (muted || this.ports.isReplaying()) {
      this.#sendSilence();
    } else {
      this.#silent = 0;
      this.ports.sendAudio(samples);
    }
  }

  #sendSilence(): void {
    if (this.#mode === 'push_to_talk' || this.#silent >= silenceFrames) return;
    this.#silent++;
    this.ports.sendAudio(this.#silence);
  }
}

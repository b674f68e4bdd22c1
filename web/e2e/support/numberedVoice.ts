import type { BrowserContext, WebSocketRoute } from '@playwright/test';
import type { VisemeItem } from '../../src/voice/conversation/VisemeTracks';
import { parseAudioPacket, type AudioPacket } from '../../src/voice/protocol/audioPacket';
import type { ServerMessage } from '../../src/voice/protocol/serverMessages';

const headerBytes = 24;
/** So many samples of the reply have the same number. */
const step = 8;

/** Which sample of the reply a level of the voice says it is. */
export const sampleAt = (level: number): number => level * 32_768 * step;

/**
 * Stands between the page and the server. Everything passes, but of one reply each sample is its own number, so that whoever hears it knows which one it is;
 * the others are mute. The line can be held in the midst of it.
 */
export class NumberedVoice {
  /** The reply's mouth shapes, as the server told them. */
  readonly items: VisemeItem[] = [];
  /** Samples a second in which these count. */
  rate = 16_000;
  #page: WebSocketRoute | null = null;
  #generation = 0;
  #awaits: { readonly sample: number; readonly holding: () => void } | null = null;
  #held: (string | Buffer)[] | null = null;

  static async between(context: BrowserContext): Promise<NumberedVoice> {
    const voice = new NumberedVoice();
    await context.routeWebSocket(/\/v1\/converse/, (page) => {
      voice.#page = page;
      const server = page.connectToServer();
      page.onMessage((message) => server.send(message));
      server.onMessage((message) => voice.#pass(message));
    });
    return voice;
  }

  /** Numbers the next reply, and holds everything that follows one of its samples. Resolves when something is held. */
  holdNextAt(sample: number): Promise<void> {
    return new Promise((holding) => (this.#awaits = { sample, holding }));
  }

  /** Lets go what was held, and everything after it. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const message of held) this.#page!.send(message);
  }

  #pass(message: string | Buffer): void {
    if (typeof message === 'string') this.#read(JSON.parse(message) as ServerMessage);
    const known = typeof message === 'string' ? message : this.#number(message);
    if (this.#held) this.#held.push(known);
    else this.#page!.send(known);
  }

  #read(message: ServerMessage): void {
    if (message.type === 'reply_begin' && this.#awaits && this.#generation === 0) this.#generation = message.generation_id;
    if (message.type !== 'viseme_timeline' || message.generation_id !== this.#generation) return;
    this.items.push(...message.items);
    this.rate = message.sample_rate;
  }

  #number(frame: Buffer): Buffer {
    const packet = parseAudioPacket(new Uint8Array(frame).buffer);
    if (!packet) return frame;
    const isNumbered = packet.generation === this.#generation;
    if (isNumbered) this.#holdFrom(packet);
    const numbered = Buffer.from(frame);
    for (let i = 0; i < packet.samples.length; i++) {
      const number = isNumbered ? Math.min(32_767, Math.floor((packet.sampleOffset + i) / step)) : 0;
      numbered.writeInt16LE(number, headerBytes + 2 * i);
    }
    return numbered;
  }

  #holdFrom({ sampleOffset }: AudioPacket): void {
    if (!this.#awaits || sampleOffset < this.#awaits.sample) return;
    this.#held = [];
    this.#awaits.holding();
    this.#awaits = null;
  }
}

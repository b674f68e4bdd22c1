import type { AudioPacket } from '../protocol/audioPacket';
import type { ClientMessage } from '../protocol/clientMessages';
import type { ServerMessage } from '../protocol/serverMessages';

/**
 * Sessions count their turns and generations from one. A page may see several sessions, one after the other, and a generation's number has to
 * rise for the gate to tell old from new: so within the page the numbers go on where the session before left off.
 */
export class SessionIds {
  #session = 1;
  #base = 0;
  #highest = 0;

  /** Another session begins. */
  next(): void {
    this.#session++;
    this.#base = this.#highest;
  }

  /** A message under the page's numbers. */
  message<T extends ServerMessage>(message: T): T {
    const generation = 'generation_id' in message ? message.generation_id : undefined;
    if (generation !== undefined) this.#highest = Math.max(this.#highest, this.#base + generation);
    if (this.#session === 1) return message;
    const turn = 'turn_id' in message ? message.turn_id : undefined;
    return {
      ...message,
      ...(generation !== undefined && { generation_id: this.#base + generation }),
      ...(turn !== undefined && { turn_id: `${this.#session}.${turn}` }),
    };
  }

  packet(packet: AudioPacket): AudioPacket {
    this.#highest = Math.max(this.#highest, this.#base + packet.generation);
    return this.#base === 0 ? packet : { ...packet, generation: this.#base + packet.generation };
  }

  /** A message under the session's numbers; null where it is about another session, to which nothing can be said any more. */
  outgoing(message: ClientMessage): ClientMessage | null {
    if (!('generation_id' in message) || message.generation_id === undefined) return message;
    const generation_id = message.generation_id - this.#base;
    return generation_id > 0 ? { ...message, generation_id } : null;
  }
}

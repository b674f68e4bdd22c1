import type { ClientMessage } from '../protocol/clientMessages';

/**
 * What the user does while the line is down, kept until it is up again. What only holds now, such as "stop" or a position of the playback, is not kept.
 */
export class Outbox {
  static readonly capacity = 64;
  #waiting: ClientMessage[] = [];

  /** False where it is not kept, or an older message had to go. */
  add(message: ClientMessage): boolean {
    if (isOfTheMoment(message)) return false;
    if (message.type === 'context_update') this.#waiting = this.#waiting.filter((other) => other.type !== message.type || other.context_id !== message.context_id);
    this.#waiting.push(message);
    if (this.#waiting.length <= Outbox.capacity) return true;
    this.#waiting.shift();
    return false;
  }

  takeAll(): readonly ClientMessage[] {
    const all = this.#waiting;
    this.#waiting = [];
    return all;
  }
}

function isOfTheMoment({ type }: ClientMessage): boolean {
  return type === 'playback' || type === 'ping' || type === 'interrupt' || type === 'start_listen' || type === 'stop_listen' || type === 'cancel_listen';
}

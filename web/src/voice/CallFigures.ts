import type { ClientMessage } from './protocol/clientMessages';
import type { ServerMessage } from './protocol/serverMessages';

const secondMs = 1_000;
/** Turns whose feedback may still come; of older ones nobody waits any more. */
const waitingTurns = 16;

/** What a call was like for its user, told to the server: how soon feedback came, how long it lasted, how much was said, and where it was left. Nothing that was said. */
export class CallFigures {
  readonly #now: () => number;
  readonly #send: (message: ClientMessage) => void;
  readonly #ends = new Map<string, number>();
  #began: number | null = null;
  #said = 0;
  #stage = 'idle';

  /** `now` is in milliseconds. */
  constructor(now: () => number, send: (message: ClientMessage) => void) {
    this.#now = now;
    this.#send = send;
  }

  onMessage(message: ServerMessage): void {
    switch (message.type) {
      case 'session.ready':
        if (message.resumed && this.#began !== null) break;
        this.#began = this.#now();
        this.#said = 0;
        this.#ends.clear();
        break;
      case 'state_update':
        this.#stage = message.state;
        break;
      case 'turn_end':
        if (message.beside) break;
        this.#ends.set(message.turn_id, this.#now());
        if (this.#ends.size > waitingTurns) this.#ends.delete(this.#ends.keys().next().value!);
        break;
      case 'asr_final':
        if (message.text !== '') this.#said++;
        break;
      case 'feedback.delta': {
        const end = this.#ends.get(message.turn_id);
        if (end === undefined) break;
        this.#ends.delete(message.turn_id);
        this.#tell('time_to_feedback', Math.round(this.#now() - end));
        break;
      }
      default:
    }
  }

  /** The user typed something. */
  typed(): void {
    this.#said++;
  }

  /** The call ends: by the user, or because the page goes away. */
  end(byUser: boolean): void {
    if (this.#began === null) return;
    this.#tell('session_length', Math.round((this.#now() - this.#began) / secondMs));
    this.#tell('utterance_per_session', this.#said);
    // Who leaves while the assistant is at it, or just goes, did not end the conversation as one does.
    if (!byUser || this.#stage === 'thinking' || this.#stage === 'speaking') {
      this.#send({ type: 'event', name: 'drop_point_stage', labels: { stage: this.#stage } });
    }
    this.#began = null;
  }

  #tell(name: string, value: number): void {
    this.#send({ type: 'event', name, value });
  }
}

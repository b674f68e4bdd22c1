import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ServerMessage } from '../protocol/serverMessages';
import { emptyConversation, type ConversationState } from './ConversationState';
import { reduce } from './reduce';
import * as turns from './turns';
import { VisemeTracks } from './VisemeTracks';

/** Has `flush` called soon, once: at the next animation frame in a page. */
export type Schedule = (flush: () => void) => void;

/**
 * The conversation as the screen sees it. Messages are worked in at once and shown together, at most once a frame, since more can't be seen.
 */
export class ConversationStore {
  /** The shown state. */
  readonly store: StoreApi<ConversationState> = createStore(() => emptyConversation);
  /** The mouth's shapes; too many and too quick for snapshots. */
  readonly visemes = new VisemeTracks();
  #next: ConversationState = emptyConversation;
  #scheduled = false;
  #typed = 0;

  constructor(private readonly schedule: Schedule) {}

  /** Works in a message of the server. */
  apply(message: ServerMessage): void {
    if (message.type === 'viseme_timeline') this.visemes.add(message.generation_id, message.sample_rate, message.items, message.words);
    else this.#change(reduce(this.#next, message));
  }

  /** Shows what the user has typed before the server says whose turn it is. */
  typed(text: string): void {
    this.#change(turns.addTyped(this.#next, `typed-${++this.#typed}`, text));
  }

  /** What the page itself has to say, such as that the line is gone. */
  set(part: Partial<ConversationState>): void {
    this.#change({ ...this.#next, ...part });
  }

  #change(next: ConversationState): void {
    if (next === this.#next) return;
    this.#next = next;
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.schedule(() => {
      this.#scheduled = false;
      this.store.setState(this.#next, true);
    });
  }
}

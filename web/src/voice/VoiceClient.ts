import { PlaybackClock } from './audio/PlaybackClock';
import { ConversationStore } from './conversation/ConversationStore';

/** The call. One a page; nothing of React. */
export class VoiceClient {
  readonly clock = new PlaybackClock();
  readonly conversation = new ConversationStore((flush) => requestAnimationFrame(flush));
}

import { useMemo } from 'react';
import { useConversation } from '@/hooks/useConversation';
import type { ConversationState } from '@/voice/conversation/ConversationState';
import type { FaceCues } from './types';

/** What the conversation tells the face. */
export function useCues(): FaceCues {
  const phase = useConversation((state) => state.phase);
  const userSpeaking = useConversation((state) => state.userSpeaking);
  const emotion = useConversation(emotionNow);
  const asking = useConversation(isAsking);
  return useMemo(
    () => ({ phase, userSpeaking, asking, emotion: emotion?.emotion ?? 'neutral', intensity: emotion?.intensity ?? 0 }),
    [phase, userSpeaking, asking, emotion],
  );
}

/** An emotion holds for the reply that it came with. */
function emotionNow({ emotion, generation }: ConversationState): ConversationState['emotion'] {
  return emotion !== null && (generation === null || emotion.generation === generation) ? emotion : null;
}

/** Whether the clause that is being heard is a question. */
function isAsking({ turns, generation }: ConversationState): boolean {
  const reply = generation === null ? undefined : turns.at(-1)?.replies.find((r) => r.generation === generation);
  return reply?.segments.at(-1)?.text.trimEnd().endsWith('?') ?? false;
}

import { useStore } from 'zustand';
import type { ConversationState } from '@/voice/conversation/ConversationState';
import { useVoice } from './useVoice';

/** A part of the conversation. The selector must give the same object for the same state: select, don't build. */
export function useConversation<T>(select: (state: ConversationState) => T): T {
  return useStore(useVoice().conversation.store, select);
}

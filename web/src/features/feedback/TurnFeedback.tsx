import type { Turn } from '@/voice/conversation/ConversationState';

export default function TurnFeedback({ turn }: { readonly turn: Turn }) {
  return turn.feedback && null;
}

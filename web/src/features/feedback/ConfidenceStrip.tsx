import { useConversation } from '@/hooks/useConversation';
import { useWords } from '@/lib/language';
import type { UserPart } from '@/voice/conversation/ConversationState';
import { words } from './words';
import './feedback.css';

const clear = 0.6;
const none: UserPart['words'] = [];

/** How clearly the last words were heard: quiet enough to talk on. */
export default function ConfidenceStrip() {
  const w = useWords(words);
  const heard = useConversation(({ turns }) => turns.findLast((turn) => turn.user?.final && !turn.user.typed)?.user?.words ?? none);
  if (heard.length === 0) return null;
  const count = heard.filter((word) => word.confidence >= clear).length;
  return (
    <div className="strip">
      <div className="strip-words" aria-hidden="true">
        {heard.map((word) => (
          <span key={word.start_ms} data-clear={word.confidence >= clear} style={{ flexGrow: word.text.length, opacity: 0.35 + 0.65 * word.confidence }} />
        ))}
      </div>
      <p className="quiet">{w.clear(count, heard.length)}</p>
    </div>
  );
}

import { useConversation } from '@/hooks/useConversation';
import { useVoice } from '@/hooks/useVoice';
import { useWords } from '@/lib/language';
import { words } from './words';

/** What one could say now, to be read aloud or clicked. */
export function Suggestions() {
  const w = useWords(words);
  const voice = useVoice();
  const suggestions = useConversation((state) => state.suggestions);
  if (suggestions.length === 0) return null;
  return (
    <ul className="suggestions" aria-label={w.suggestions} lang="en">
      {suggestions.map(({ suggestion_id, text }) => (
        <li key={suggestion_id}>
          <button type="button" className="button small" onClick={() => voice.say(text, suggestion_id)}>
            {text}
          </button>
        </li>
      ))}
    </ul>
  );
}

import { useState } from 'react';
import { useWords } from '@/lib/language';
import type { TurnFeedback } from '@/voice/conversation/ConversationState';
import { markWords, type MarkedWord } from './markWords';
import { WordDialog } from './WordDialog';
import { words } from './words';
import './feedback.css';

interface Props {
  readonly turnId: string | null;
  readonly text: string;
  readonly feedback: TurnFeedback;
}

/** What was said, word by word, with how it was said: by colour, by the line below it, and in words. A word opens its sounds. */
export default function MarkedText({ turnId, text, feedback }: Props) {
  const w = useWords(words);
  const [open, setOpen] = useState<MarkedWord | null>(null);
  const describe = ({ grade, error }: MarkedWord) => (error && w.errors[error]) || w.grades[grade];
  return (
    <>
      {markWords(feedback.text ?? text, feedback).map((word, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- the words of a text that doesn't change
        <span key={i}>
          {word.scored ? (
            <button
              type="button"
              className="marked"
              data-grade={word.grade}
              data-error={word.error ?? undefined}
              data-corrected={word.corrected || undefined}
              aria-label={w.openWord(word.text, describe(word))}
              onClick={() => setOpen(word)}
            >
              {word.text}
            </button>
          ) : (
            <span className="marked" data-corrected={word.corrected || undefined}>
              {word.text}
            </span>
          )}{' '}
        </span>
      ))}
      {open?.scored && <WordDialog word={open.text} scored={open.scored} difference={feedback.pronunciation?.difference} turnId={turnId} onClose={() => setOpen(null)} />}
    </>
  );
}

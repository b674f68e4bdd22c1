import type { TurnFeedback } from '@/voice/conversation/ConversationState';
import type { ScoredWord } from '@/voice/protocol/serverMessages';
import { gradeOf, type Grade } from './grades';

/** A word of what was said, with what was found about it. */
export interface MarkedWord {
  readonly text: string;
  readonly grade: Grade;
  /** `Mispronunciation`, `Omission`, `UnexpectedBreak`, or null. */
  readonly error: string | null;
  /** Its sounds; null where it was not judged. */
  readonly scored: ScoredWord | null;
  /** Whether a correction concerns it. */
  readonly corrected: boolean;
}

/** The words of a turn, marked. Scores are found by the words' order: those of the text that the judge passed over stay without. */
export function markWords(text: string, feedback: Pick<TurnFeedback, 'pronunciation' | 'corrections'>): readonly MarkedWord[] {
  const scores = feedback.pronunciation?.words ?? [];
  let next = 0;
  return [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => {
    const at = scores.findIndex((scored, i) => i >= next && i <= next + 2 && bare(scored.text) === bare(word));
    const scored = at < 0 ? null : scores[at]!;
    if (at >= 0) next = at + 1;
    const error = scored && scored.error.toLowerCase() !== 'none' ? scored.error : null;
    const corrected = feedback.corrections.some(({ span: [start, end] }) => start < index + word.length && end > index);
    return { text: word, grade: error === 'Omission' ? 'poor' : gradeOf(scored?.accuracy), error, scored, corrected };
  });
}

/** A text with its corrections made. */
export function correctedText(text: string, corrections: TurnFeedback['corrections']): string {
  return corrections
    .filter((c) => c.correction !== undefined)
    .toSorted((a, b) => b.span[0] - a.span[0])
    .reduce((result, { span: [start, end], correction }) => result.slice(0, start) + correction + result.slice(end), text);
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}']/gu, '');
}

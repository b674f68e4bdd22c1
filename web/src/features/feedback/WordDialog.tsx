import { Dialog } from '@/components/Dialog';
import { useWords } from '@/lib/language';
import type { ScoredWord } from '@/voice/protocol/serverMessages';
import { DifferenceFigure } from './DifferenceFigure';
import type { Difference } from './differenceOf';
import { Listen } from './Listen';
import { PhoneHeatMap } from './PhoneHeatMap';
import { words } from './words';

interface Props {
  readonly word: string;
  readonly scored: ScoredWord;
  /** How the whole turn differs from the model, where it was compared. */
  readonly difference: Difference | undefined;
  readonly turnId: string | null;
  readonly onClose: () => void;
}

/** The sounds of a word, beside how it should be. */
export function WordDialog({ word, scored, difference, turnId, onClose }: Props) {
  const w = useWords(words);
  const text = word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  return (
    <Dialog open title={w.word(text)} onClose={onClose}>
      <div className="word-dialog">
        <PhoneHeatMap phones={scored.phones} />
        {difference && <DifferenceFigure word={scored} difference={difference} />}
        <Listen text={text} turnId={turnId} />
      </div>
    </Dialog>
  );
}

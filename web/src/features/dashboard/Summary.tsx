import { formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import type { Progress } from './api';
import { words } from './words';

/** The sums, large. */
export function Summary({ progress: { minutes, words: wordCount, turns, level } }: { readonly progress: Progress }) {
  const w = useWords(words);
  const language = useLanguage();
  return (
    <dl className="summary">
      <Figure name={w.figures.minutes} value={formatNumber(minutes, language, minutes < 10 ? 1 : 0)} />
      <Figure name={w.figures.words} value={formatNumber(wordCount, language)} />
      <Figure name={w.figures.turns} value={formatNumber(turns, language)} />
      {level && <Figure name={w.figures.level} value={level.level} detail={w.levelRange(level.from, level.to)} />}
    </dl>
  );
}

function Figure({ name, value, detail }: { readonly name: string; readonly value: string; readonly detail?: string }) {
  return (
    <div className="card">
      <dt>{name}</dt>
      <dd>{value}</dd>
      {detail && <dd className="detail">{detail}</dd>}
    </div>
  );
}

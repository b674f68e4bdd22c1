import { useMemo } from 'react';
import { formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import type { Progress } from './api';
import { Amounts } from './Amounts';
import { Crossing } from './Crossing';
import { periodsOf } from './periods';
import { Scores } from './Scores';
import { words } from './words';

/** What changes over time. */
export function Trends({ progress }: { readonly progress: Progress }) {
  const w = useWords(words);
  const language = useLanguage();
  const periods = useMemo(() => periodsOf(progress.days), [progress.days]);
  const { unit } = periods;
  return (
    <section aria-labelledby="trends">
      <h2 id="trends">{w.trends}</h2>
      <div className="dashboard-grid">
        <Crossing {...periods} />
        <Scores {...periods} />
        <Amounts
          {...periods}
          title={w.minutes}
          caption={w.minutesCaption(formatNumber(progress.minutes, language, 1), periods.periods.length, unit)}
          of={(period) => period.minutes}
          say={(day, minutes) => w.minutesOf(day, formatNumber(minutes, language, 1))}
        />
        <Amounts
          {...periods}
          title={w.newWords}
          caption={w.newWordsCaption(progress.words)}
          of={(period) => period.newWords}
          say={(day, count) => w.newWordsOf(day, count)}
        />
      </div>
    </section>
  );
}

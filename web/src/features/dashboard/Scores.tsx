import { Figure } from '@/components/charts/Figure';
import { LineChart, type LineSeries } from '@/components/charts/LineChart';
import { formatDay, formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import type { Periods } from './periods';
import { words } from './words';

/** Pronunciation, fluency and prosody, on one scale from 0 to 100. */
export function Scores({ unit, periods }: Periods) {
  const w = useWords(words);
  const language = useLanguage();
  const day = (date: Date): string => formatDay(date, language);
  const names = ['accuracy', 'fluency', 'prosody'] as const;
  const judged = periods.filter((period) => period.accuracy !== null);
  const last = judged.at(-1);
  const series = names.map((name): LineSeries => ({
    name: w[name],
    axis: 'left',
    points: judged.map((period) => ({ at: period.at, value: period[name] ?? 0 })),
    say: ({ at, value }) => `${day(at)}, ${formatNumber(value, language)}`,
  }));
  const turns = judged.reduce((sum, period) => sum + period.turns, 0);
  const caption = last
    ? `${names.map((name) => w.scoreSummary(w[name], formatNumber(last[name] ?? 0, language))).join(', ')}. ${w.from(turns, judged.length, unit)} ${w.estimates}`
    : w.noScores;
  const rows = judged.map((period) => [day(period.at), ...names.map((name) => formatNumber(period[name] ?? 0, language)), String(period.turns)]);
  return (
    <Figure title={w.scores} caption={caption} table={{ columns: [w[unit], ...names.map((name) => w[name]), w.turns], rows }}>
      {last && <LineChart title={w.scores} description={w.scoresDescription} series={series} formatDay={day} />}
    </Figure>
  );
}

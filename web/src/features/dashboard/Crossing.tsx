import { Figure } from '@/components/charts/Figure';
import { LineChart, type LineSeries } from '@/components/charts/LineChart';
import { formatDay, formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import { changeOf, type Period, type Periods } from './periods';
import { words } from './words';

/** Smaller changes are none. */
const leastRate = 3;
const leastVariety = 3;

/** The crossing curves: who tries harder words slows down first, and then gets quick with them too. */
export function Crossing({ unit, periods }: Periods) {
  const w = useWords(words);
  const language = useLanguage();
  const number = (value: number): string => formatNumber(value, language);
  const day = (date: Date): string => formatDay(date, language);
  const turns = periods.reduce((sum, period) => sum + period.turns, 0);
  const series = ([
    [w.speechRate, 'left', (p: Period) => p.wordsPerMinute],
    [w.variety, 'right', (p: Period) => p.mtld],
  ] as const).map(([name, axis, of]): LineSeries => ({
    name,
    axis,
    points: periods.flatMap((p) => (of(p) === null ? [] : [{ at: p.at, value: of(p)! }])),
    say: ({ at, value }) => `${day(at)}, ${number(value)}`,
  }));
  const rows = periods.map((p) => [day(p.at), p.wordsPerMinute === null ? '–' : number(p.wordsPerMinute), p.mtld === null ? '–' : number(p.mtld), String(p.turns)]);
  const caption = `${useInsight(periods)} ${w.from(turns, periods.length, unit)}`;
  return (
    <Figure title={w.crossing} caption={caption} table={{ columns: [w[unit], w.speechRate, w.variety, w.turns], rows }}>
      <LineChart title={w.crossing} description={w.crossingDescription} series={series.filter((s) => s.points.length > 0)} formatDay={day} />
    </Figure>
  );
}

function useInsight(periods: readonly Period[]): string {
  const w = useWords(words);
  const language = useLanguage();
  const rate = changeOf(periods, (p) => p.wordsPerMinute);
  const variety = changeOf(periods, (p) => p.mtld);
  if (rate === null) return w.tooFew;
  const amount = formatNumber(Math.abs(rate), language);
  const quicker = Math.abs(rate) < leastRate ? w.same : rate > 0 ? w.more(amount) : w.fewer(amount);
  const varied = variety === null ? w.varietyUnknown : Math.abs(variety) < leastVariety ? w.varietySame : variety > 0 ? w.varietyUp : w.varietyDown;
  const comma = language === 'zh' ? '，' : ', ';
  return `${w.rateChange(quicker)}${language === 'zh' ? '' : ' '}${w.thanBefore}${comma}${varied}${language === 'zh' ? '。' : '.'}`;
}

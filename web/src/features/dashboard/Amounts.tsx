import { ColumnChart } from '@/components/charts/ColumnChart';
import { Figure } from '@/components/charts/Figure';
import { formatDay, formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import type { Period, Periods } from './periods';
import { words } from './words';

interface Props extends Periods {
  readonly title: string;
  readonly caption: string;
  readonly of: (period: Period) => number;
  readonly say: (day: string, value: number) => string;
}

/** How much of something there was in each period. */
export function Amounts({ unit, periods, title, caption, of, say }: Props) {
  const w = useWords(words);
  const language = useLanguage();
  const columns = periods.map((period) => {
    const label = formatDay(period.at, language);
    return { label, value: of(period), say: say(label, of(period)) };
  });
  const rows = columns.map(({ label, value }) => [label, formatNumber(value, language, 1)]);
  return (
    <Figure title={title} caption={caption} table={{ columns: [w[unit], title], rows }}>
      <ColumnChart title={title} description={caption} columns={columns} />
    </Figure>
  );
}

import { BarList } from '@/components/charts/BarList';
import { Figure } from '@/components/charts/Figure';
import { formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import { useResource } from '@/lib/useResource';
import { learnerPath, type Progress, type Recommendations } from './api';
import { words } from './words';

/** What is got wrong again and again, with an example each. */
export function Mistakes({ progress }: { readonly progress: Progress }) {
  const w = useWords(words);
  const language = useLanguage();
  const { data } = useResource<Recommendations>(learnerPath('/recommendations'));
  const mistakes = data?.frequent_mistakes ?? [];
  const rate = progress.days.findLast((day) => day.mistakes_per100_words !== null)?.mistakes_per100_words ?? null;
  const caption = mistakes.length === 0 ? w.noMistakes : w.mistakesCaption(rate === null ? null : formatNumber(rate, language, 1));
  const rows = mistakes.map(({ example, count }) => [example.right, example.wrong, String(count)]);
  return (
    <Figure title={w.mistakes} caption={caption} table={{ columns: [w.right, w.wrong, w.count], rows }}>
      <BarList
        bars={mistakes.map(({ rule, example, count }) => ({
          label: example.right || rule,
          value: count,
          text: w.times(count),
          detail: example.wrong ? `${w.wrong}: ${example.wrong}` : undefined,
        }))}
      />
    </Figure>
  );
}

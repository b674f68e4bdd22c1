import { BarList } from '@/components/charts/BarList';
import { Figure } from '@/components/charts/Figure';
import { useWords } from '@/lib/language';
import type { VocabularyGrowth } from './api';
import { words } from './words';

/** How many words of each level were used rightly. Not every server knows the levels of words. */
export function WordLevels({ vocabulary }: { readonly vocabulary: readonly VocabularyGrowth[] }) {
  const w = useWords(words);
  return (
    <Figure
      title={w.wordLevels}
      caption={w.wordLevelsCaption}
      table={{ columns: [w.level, w.words], rows: vocabulary.map(({ level, words: count }) => [level, String(count)]) }}
    >
      <BarList bars={vocabulary.map(({ level, words: count }) => ({ label: level, value: count, text: w.wordsOf(count) }))} />
    </Figure>
  );
}

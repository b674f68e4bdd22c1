import { Tile, Tiles } from '@/components/Tiles';
import { formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import type { Progress } from './api';
import { words } from './words';

/** The sums, large. */
export function Summary({ progress: { minutes, words: wordCount, turns, level } }: { readonly progress: Progress }) {
  const w = useWords(words);
  const language = useLanguage();
  return (
    <Tiles>
      <Tile name={w.figures.minutes} value={minutes > 0 && minutes < 0.95 ? '< 1' : formatNumber(minutes, language, minutes < 10 ? 1 : 0)} />
      <Tile name={w.figures.words} value={formatNumber(wordCount, language)} />
      <Tile name={w.figures.turns} value={formatNumber(turns, language)} />
      {level && <Tile name={w.figures.level} value={level.level} detail={w.levelRange(level.from, level.to)} />}
    </Tiles>
  );
}

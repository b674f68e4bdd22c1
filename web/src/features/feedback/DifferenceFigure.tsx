import { scaleLinear } from 'd3-scale';
import { formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import { ipaOf } from '@/lib/phones';
import type { ScoredWord } from '@/voice/protocol/serverMessages';
import { differenceOf, type Difference } from './differenceOf';
import { words } from './words';

const width = 240;
const height = 64;
// Two people who both say it well differ by some decibels: that fills half of the picture, and no more.
const wholeDb = 12;
// Who takes about as long as the model is told nothing of it.
const aboutAsLong = 0.15;

interface Props {
  readonly word: ScoredWord;
  readonly difference: Difference;
}

/** Where a word sounds other than the model says it. A picture, no grade: voices differ. */
export function DifferenceFigure({ word, difference }: Props) {
  const w = useWords(words);
  const language = useLanguage();
  const picture = differenceOf(word.phones, difference);
  if (!picture) return null;
  const y = scaleLinear().domain([0, Math.max(wholeDb, ...picture.columns.map(({ distortion }) => distortion))]).range([0, height]);
  const stretch = word.difference?.stretch;
  const said = [
    w.difference,
    picture.farthest && w.farthest(ipaOf(picture.farthest)),
    stretch !== undefined && Math.abs(stretch - 1) > aboutAsLong && (stretch > 1 ? w.longer(formatNumber(stretch, language, 1)) : w.shorter(formatNumber(1 / stretch, language, 1))),
  ].filter(Boolean);
  return (
    <figure className="difference">
      <svg viewBox={`0 0 ${width} ${height + 18}`} aria-hidden="true">
        {picture.columns.map(({ x, width: share, distortion }) => (
          <rect key={x} x={x * width} width={Math.max(1, share * width - 1)} y={height - y(distortion)} height={y(distortion)} />
        ))}
        {picture.phones.map(({ phone, x, width: share }) => (
          <g key={x} transform={`translate(${x * width} 0)`}>
            <line y1={height} y2={height + 5} />
            <text x={(share * width) / 2} y={height + 14} textAnchor="middle">
              {ipaOf(phone)}
            </text>
          </g>
        ))}
        <line x2={width} y1={height} y2={height} />
      </svg>
      <figcaption className="quiet">{said.join(' ')}</figcaption>
    </figure>
  );
}

import { scaleLinear } from 'd3-scale';
import { useState } from 'react';
import { Figure } from '@/components/charts/Figure';
import { formatDuration } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import type { TurnTimes } from './api';
import { barsOf } from './turnBars';
import { words } from './words';

const shown = 30;

/** One turn, stage by stage, on the time since the user's last sound. */
export function Waterfall({ turns }: { readonly turns: readonly TurnTimes[] }) {
  const w = useWords(words);
  const language = useLanguage();
  const spoken = turns.filter((turn) => turn.first_audio_ms !== undefined).slice(0, shown);
  const [chosen, setChosen] = useState('');
  const turn = spoken.find((t) => keyOf(t) === chosen) ?? spoken[0];
  const bars = turn ? barsOf(turn) : [];
  const ms = (value: number): string => formatDuration(value, language);
  const x = scaleLinear().domain([0, Math.max(1, ...bars.map(({ to }) => to))]).range([0, 100]);
  return (
    <Figure
      title={w.turns}
      caption={turn ? w.turnsCaption : w.noWaterfall}
      table={{ columns: [w.stage, w.time], rows: bars.map(({ stage, from, to }) => [w.bars[stage], `${ms(from)} – ${ms(to)}`]) }}
    >
      {turn && (
        <>
          <label className="field">
            <span>{w.turn}</span>
            <select className="select" value={keyOf(turn)} onChange={(event) => setChosen(event.target.value)}>
              {spoken.map((t) => (
                <option key={keyOf(t)} value={keyOf(t)}>
                  {new Date(t.at).toLocaleTimeString()} · {t.session_id.slice(0, 8)} {t.turn_id} · {ms(t.first_audio_ms ?? 0)}
                  {t.cut ? ` · ${w.cutShort}` : ''}
                </option>
              ))}
            </select>
          </label>
          <ul className="waterfall">
            {bars.map(({ stage, from, to }) => (
              <li key={stage}>
                <span>{w.bars[stage]}</span>
                <span className="latency-figures">{from > 0 ? `${ms(from)} – ${ms(to)}` : ms(to)}</span>
                <svg className="latency-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                  <rect className="track" width="100" height="8" />
                  <rect className={stage === 'answer' ? 'median' : 'range'} x={x(from)} width={Math.max(0.6, x(to) - x(from))} height="8" />
                </svg>
              </li>
            ))}
          </ul>
        </>
      )}
    </Figure>
  );
}

function keyOf({ session_id: session, turn_id: turn, at }: TurnTimes): string {
  return `${session} ${turn} ${at}`;
}

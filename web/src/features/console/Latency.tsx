import { scaleLinear } from 'd3-scale';
import { Figure } from '@/components/charts/Figure';
import { formatDuration, formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import type { Stage, TurnTimes } from './api';
import { words } from './words';

/** Percentiles of each stage: a bar from the median to 95 in 100, with a tick at 90. */
export function Latency({ stages, turns }: { readonly stages: readonly Stage[]; readonly turns: readonly TurnTimes[] }) {
  const w = useWords(words);
  const language = useLanguage();
  const ms = (value: number): string => formatDuration(value, language);
  const nameOf = (stage: string): string => w.stages[stage as keyof typeof w.stages] ?? stage;
  const x = scaleLinear().domain([0, Math.max(1, ...stages.map(({ p95_ms: p95 }) => p95))]).range([0, 100]);
  const count = Math.max(turns.length, ...stages.map((stage) => stage.count));
  return (
    <Figure
      title={w.latencies}
      caption={stages.length > 0 ? w.latenciesCaption(formatNumber(count, language)) : w.noTurns}
      table={{
        columns: [w.stage, w.turnsColumn, 'p50', 'p90', 'p95', w.most],
        rows: stages.map((s) => [nameOf(s.stage), String(s.count), ms(s.p50_ms), ms(s.p90_ms), ms(s.p95_ms), ms(s.max_ms)]),
      }}
    >
      <ul className="latency">
        {stages.map(({ stage, count: n, p50_ms: p50, p90_ms: p90, p95_ms: p95 }) => (
          <li key={stage}>
            <span>
              {nameOf(stage)} <small className="quiet">n={n}</small>
            </span>
            <span className="latency-figures">
              p50 {ms(p50)} · p90 {ms(p90)} · p95 {ms(p95)}
            </span>
            <svg className="latency-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
              <rect className="track" width="100" height="8" />
              <rect className="median" width={x(p50)} height="8" />
              <rect className="range" x={x(p50)} width={Math.max(0, x(p95) - x(p50))} height="8" />
              <rect className="tick" x={x(p90) - 0.3} width="0.6" height="8" />
            </svg>
          </li>
        ))}
      </ul>
    </Figure>
  );
}

import { Tile, Tiles } from '@/components/Tiles';
import { formatDuration, formatNumber, formatPercent } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import type { Overview } from './api';
import { words } from './words';

/** The few figures that one looks at first. */
export function OverviewTiles({ overview }: { readonly overview: Overview }) {
  const { sessions, max_sessions: max, stages, turns, counters, queues, cache_hit_rate: hitRate } = overview;
  const w = useWords(words);
  const language = useLanguage();
  const answer = stages.find(({ stage }) => stage === 'first_audio');
  const cut = turns.filter((turn) => turn.cut).length;
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);
  const ofTurns = answer ? w.ofTurns(formatNumber(answer.count, language)) : w.noTurns;
  return (
    <Tiles>
      <Tile name={w.tiles.sessions} value={formatNumber(sessions.length, language)} detail={w.ofMax(formatNumber(max, language))} />
      <Tile name={w.tiles.median} value={answer ? formatDuration(answer.p50_ms, language) : '–'} detail={ofTurns} />
      <Tile name={w.tiles.p95} value={answer ? formatDuration(answer.p95_ms, language) : '–'} detail={ofTurns} />
      <Tile name={w.tiles.cut} value={formatNumber(cut, language)} detail={turns.length > 0 ? w.ofTurns(formatNumber(turns.length, language)) : w.noTurns} />
      <Tile name={w.tiles.interruptions} value={formatNumber(totalOf(counters, 'parley.turn.interruptions'), language)} detail={w.sinceStart} />
      <Tile name={w.tiles.degraded} value={formatNumber(totalOf(counters, 'parley.degraded'), language)} detail={w.sinceStart} />
      <Tile name={w.tiles.waiting} value={formatNumber(waiting, language)} detail={w.ofQueues(formatNumber(queues.length, language))} />
      {hitRate !== undefined && <Tile name={w.tiles.cache} value={formatPercent(hitRate, language)} />}
    </Tiles>
  );
}

/** The sum of a counter over its tags. */
function totalOf(counters: Overview['counters'], name: string): number {
  return Object.entries(counters).reduce((sum, [key, value]) => (key === name || key.startsWith(`${name}{`) ? sum + value : sum), 0);
}

import { ScrollTable } from '@/components/ScrollTable';
import { formatDuration, formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import type { Engine, Overview, Queue } from './api';
import { words } from './words';

/** Every engine: whether it is there, how it does, and who waits for it. */
export function Engines({ overview: { health, queues } }: { readonly overview: Overview }) {
  const w = useWords(words);
  return (
    <section className="card">
      <h2>{w.enginesHealth}</h2>
      <ScrollTable wide label={w.enginesHealth} columns={[w.stage, w.engine, w.state, w.calls, w.failures, 'p95', w.queue]}>
        {health.engines.map((engine) => (
          <Row
            key={`${engine.stage} ${engine.name}`}
            engine={engine}
            chosen={health.chosen[engine.stage]?.name === engine.name}
            queue={queues.find((queue) => queue.stage === engine.stage && queue.engine === engine.name)}
          />
        ))}
      </ScrollTable>
    </section>
  );
}

function Row({ engine, chosen, queue }: { readonly engine: Engine; readonly chosen: boolean; readonly queue: Queue | undefined }) {
  const w = useWords(words);
  const language = useLanguage();
  const { calls } = engine;
  // What nobody has chosen need not be there.
  const trouble = (chosen && !engine.available) || engine.breaker === 'open' || engine.breaker === 'half_open';
  return (
    <tr className={trouble ? 'trouble' : engine.available ? undefined : 'quiet'}>
      <td>{engine.stage}</td>
      <th scope="row">
        {engine.name} {chosen && <small className="badge">{w.chosen}</small>}
      </th>
      <td>
        {!engine.available ? `✗ ${w.missing}. ${engine.remedy ?? engine.detail}` : engine.breaker && engine.breaker !== 'closed' ? `! ${w.breakers[engine.breaker]}` : `✓ ${w.ready}`}
      </td>
      <td>{calls ? formatNumber(calls.ended, language) : '–'}</td>
      <td>{calls ? formatNumber(calls.failed, language) : '–'}</td>
      <td>{calls?.p95_ms === undefined ? '–' : formatDuration(calls.p95_ms, language)}</td>
      <td>{queue ? `${queue.in_use} / ${queue.limit}, ${queue.waiting}` : '–'}</td>
    </tr>
  );
}

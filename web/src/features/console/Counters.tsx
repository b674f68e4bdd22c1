import { ScrollTable } from '@/components/ScrollTable';
import { formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import type { Overview } from './api';
import { words } from './words';

const cached = ['memory_hits', 'disk_hits', 'joined', 'misses', 'prefetched'] as const;

/** Everything that is counted: interruptions, errors, degradations, drafts, dropped audio. */
export function Counters({ overview: { counters, cache } }: { readonly overview: Overview }) {
  const w = useWords(words);
  const language = useLanguage();
  const rows = [...Object.entries(counters), ...cached.map((name) => [`parley.cache.${name}`, cache?.[name] ?? 0] as const)].filter(([, value]) => value > 0);
  return (
    <section className="card">
      <h2>{w.counters}</h2>
      <p className="quiet">{rows.length > 0 ? w.countersCaption : w.noCounters}</p>
      {rows.length > 0 && (
        <ScrollTable wide tall label={w.counters} columns={[w.counter, w.total]}>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{formatNumber(value, language)}</td>
            </tr>
          ))}
        </ScrollTable>
      )}
    </section>
  );
}

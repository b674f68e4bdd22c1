import { ScrollTable } from '@/components/ScrollTable';
import { formatMoment, formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import { useResource } from '@/lib/useResource';
import { opsPath, type StoredSession } from './api';
import { Replay, type OpenedSession } from './Replay';
import { words } from './words';

interface Props {
  readonly opened: OpenedSession | null;
  readonly onOpen: (session: OpenedSession | null) => void;
}

/** The sessions of the store, of which one can be looked into, or one that runs. */
export function Recordings({ opened, onOpen }: Props) {
  const w = useWords(words);
  const { data, error } = useResource<{ readonly data: readonly StoredSession[] }>(`${opsPath}/sessions`, 10_000);
  return (
    <section className="card">
      <h2>{w.recordings}</h2>
      {error && (
        <p role="alert">
          {w.failed} {error.message}
        </p>
      )}
      {opened ? (
        <Replay key={opened.id} session={opened} onBack={() => onOpen(null)} />
      ) : data && data.data.length > 0 ? (
        <Sessions sessions={data.data} onOpen={(session) => onOpen({ ...session, runs: false })} />
      ) : (
        data && <p className="quiet">{w.noRecordings}</p>
      )}
    </section>
  );
}

function Sessions({ sessions, onOpen }: { readonly sessions: readonly StoredSession[]; readonly onOpen: (session: StoredSession) => void }) {
  const w = useWords(words);
  const language = useLanguage();
  return (
    <ScrollTable wide tall label={w.recordings} columns={[w.session, w.started, w.length, w.turnsColumn, w.size, w.ended]}>
      {sessions.map((session) => (
        <tr key={session.id}>
          <th scope="row">
            <button type="button" className="button small" onClick={() => onOpen(session)}>
              {w.open} <code>{session.id.slice(0, 8)}</code>
            </button>
          </th>
          <td>{formatMoment(new Date(session.started_at), language)}</td>
          <td>{formatNumber(session.length_ms / 60_000, language, 1)} min</td>
          <td>{formatNumber(session.turns, language)}</td>
          <td>{formatNumber(session.bytes / 1024, language)} KB</td>
          <td>
            {session.end_reason ?? w.running} {session.recorded && <small className="badge">{w.recorded}</small>}
          </td>
        </tr>
      ))}
    </ScrollTable>
  );
}

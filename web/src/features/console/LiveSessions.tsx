import { ScrollTable } from '@/components/ScrollTable';
import { formatDuration, formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import type { LiveSession } from './api';
import { words } from './words';

interface Props {
  readonly sessions: readonly LiveSession[];
  /** Somebody wants to read along. */
  readonly onFollow: (id: string) => void;
}

/** Who is talking now, and how it goes. */
export function LiveSessions({ sessions, onFollow }: Props) {
  const w = useWords(words);
  return (
    <section className="card">
      <h2>{w.sessions}</h2>
      {sessions.length === 0 ? (
        <p className="quiet">{w.noSessions}</p>
      ) : (
        <ScrollTable wide label={w.sessions} columns={[w.session, w.state, w.scenario, w.age, w.latency, w.engines, w.captions]}>
          {sessions.map((session) => (
            <Row key={session.id} session={session} onFollow={onFollow} />
          ))}
        </ScrollTable>
      )}
    </section>
  );
}

function Row({ session, onFollow }: Pick<Props, 'onFollow'> & { readonly session: LiveSession }) {
  const w = useWords(words);
  const language = useLanguage();
  const minutes = formatNumber(session.age_ms / 60_000, language, 1);
  return (
    <tr>
      <th scope="row">
        <code>{session.id.slice(0, 8)}</code>
      </th>
      <td>
        <span className={`session-state ${session.state ?? 'idle'}`}>{session.state ? w.states[session.state] : '–'}</span>
      </td>
      <td>
        {session.scenario ?? '–'} {session.recorded && <small className="badge">{w.recorded}</small>}
      </td>
      <td>{minutes} min</td>
      <td>{session.first_audio_ms === undefined ? '–' : formatDuration(session.first_audio_ms, language)}</td>
      <td>
        <Engines engines={session.engines ?? {}} />
      </td>
      <td>
        <button type="button" className="button small" onClick={() => onFollow(session.id)}>
          {w.follow} <code className="hidden-visually">{session.id.slice(0, 8)}</code>
        </button>
      </td>
    </tr>
  );
}

/** Which engines serve the session; opened, why these. */
function Engines({ engines }: { readonly engines: NonNullable<LiveSession['engines']> }) {
  return (
    <details>
      <summary>{Object.values(engines).map(({ name }) => name).join(' · ') || '–'}</summary>
      <ul>
        {Object.entries(engines).map(([stage, { name, why }]) => (
          <li key={stage}>
            <b>{stage}</b> {name}: {why}
          </li>
        ))}
      </ul>
    </details>
  );
}

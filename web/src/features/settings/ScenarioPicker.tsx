import { useWords } from '@/lib/language';
import { useResource } from '@/lib/useResource';
import { levels } from '@/voice/protocol/config';
import { useChangeSettings, useSettings } from './useSettings';
import { words } from './words';

interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly role: string;
  readonly levels: readonly string[];
  readonly goals: readonly string[];
  readonly open: boolean;
}

/** What to talk about, and at which level. A server that lists nothing leaves free talk. */
export function ScenarioPicker({ showsGoals = false }: { readonly showsGoals?: boolean }) {
  const w = useWords(words);
  const { scenario, level } = useSettings();
  const change = useChangeSettings();
  const { data } = useResource<{ data: readonly Scenario[] }>('/v1/scenarios', 300_000);
  const chosen = data?.data.find(({ id }) => id === scenario);
  return (
    <>
      <label className="field">
        <span>{w.scenario}</span>
        <select className="select" value={data && !chosen ? '' : scenario} onChange={(event) => change({ scenario: event.target.value })}>
          <option value="">{w.freeTalk}</option>
          {(data?.data ?? []).map(({ id, title, role }) => (
            <option key={id} value={id} lang="en">
              {title} ({role})
            </option>
          ))}
          {!data && scenario && <option value={scenario}>{scenario}</option>}
        </select>
      </label>
      {showsGoals && chosen && chosen.goals.length > 0 && (
        <div className="goals">
          <b>{w.goals}</b>
          <ul lang="en">
            {chosen.goals.map((goal) => (
              <li key={goal}>{goal}</li>
            ))}
          </ul>
        </div>
      )}
      <label className="field">
        <span>{w.level}</span>
        <select className="select" value={level} onChange={(event) => change({ level: event.target.value })}>
          {levels.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
    </>
  );
}

import { useState } from 'react';
import { Panel } from '@/components/Panel';
import { useLanguage, useWords } from '@/lib/language';
import { RestError } from '@/lib/rest';
import { Alerts } from './Alerts';
import type { Overview } from './api';
import './console.css';
import { Counters } from './Counters';
import { Engines } from './Engines';
import { KeyForm } from './KeyForm';
import { Latency } from './Latency';
import { LiveSessions } from './LiveSessions';
import { Policy } from './Policy';
import { Recordings } from './Recordings';
import type { OpenedSession } from './Replay';
import { OverviewTiles } from './OverviewTiles';
import { useOverview } from './useOverview';
import { Waterfall } from './Waterfall';
import { words } from './words';

/** How the server does, for its operator. */
export default function ConsolePage() {
  const w = useWords(words);
  const language = useLanguage();
  const [live, setLive] = useState(true);
  const { data, error, refresh } = useOverview(live);
  const refused = error instanceof RestError && (error.status === 401 || error.status === 403);
  return (
    <div className="page console">
      <header className="console-head">
        <h1>{w.title}</h1>
        {data && !refused && (
          <>
            <span className="quiet">
              Parley {data.version}, {w.asOf(new Date(data.at).toLocaleTimeString(language === 'zh' ? 'zh-CN' : 'en-GB'))}
            </span>
            <button type="button" className="button small" aria-pressed={live} onClick={() => setLive(!live)}>
              {w.live}
            </button>
          </>
        )}
      </header>
      {refused && <KeyForm onKey={refresh} />}
      {error && !refused && (
        <p className="card" role="alert">
          {w.failed} {error.message}
        </p>
      )}
      {!data && !error && <output className="quiet">{w.loading}</output>}
      {data && !refused && <Everything overview={data} />}
    </div>
  );
}

function Everything({ overview }: { readonly overview: Overview }) {
  const w = useWords(words);
  const [opened, setOpened] = useState<OpenedSession | null>(null);
  return (
    <>
      <Alerts overview={overview} />
      <OverviewTiles overview={overview} />
      <Panel name={w.sessions}>
        <LiveSessions sessions={overview.sessions} onFollow={(id) => setOpened({ id, recorded: false, runs: true })} />
      </Panel>
      <div className="console-grid">
        <Panel name={w.latencies}>
          <Latency stages={overview.stages} turns={overview.turns} />
        </Panel>
        <Panel name={w.turns}>
          <Waterfall turns={overview.turns} />
        </Panel>
      </div>
      <Panel name={w.enginesHealth}>
        <Engines overview={overview} />
      </Panel>
      <div className="console-grid">
        <Panel name={w.policy}>
          <Policy health={overview.health} />
        </Panel>
        <Panel name={w.counters}>
          <Counters overview={overview} />
        </Panel>
      </div>
      <Panel name={w.recordings}>
        <Recordings opened={opened} onOpen={setOpened} />
      </Panel>
    </>
  );
}

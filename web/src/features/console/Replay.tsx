import { useEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '@/lib/language';
import { EntryList } from './EntryList';
import { isSaid, type Side } from './entryText';
import { ReplayAudio } from './ReplayAudio';
import { useTimeline } from './useTimeline';
import { useTutorVoice } from './useTutorVoice';
import { words } from './words';

const views = ['said', 'all', 'in', 'out', 'decision'] as const;
type View = 'said' | 'all' | Side;

/** A session that is looked into. */
export interface OpenedSession {
  readonly id: string;
  /** Whether the user's audio is kept. */
  readonly recorded: boolean;
  /** Whether it goes on. */
  readonly runs: boolean;
}

/** What happened in a session, along with what was heard in it; of one that runs, as it happens. */
export function Replay({ session, onBack }: { readonly session: OpenedSession; readonly onBack: () => void }) {
  const w = useWords(words);
  const { entries, more, loading, problem, loadMore } = useTimeline(session.id, session.runs);
  const [view, setView] = useState<View>(session.runs ? 'said' : 'all');
  const [heardMs, setHeardMs] = useState(0);
  const audioRef = useRef<HTMLAudioElement>(null);
  const tutor = useTutorVoice(entries);
  const heading = useRef<HTMLHeadingElement>(null);
  // It opens far from what was pressed.
  useEffect(() => heading.current?.focus(), []);
  const visible = useMemo(() => (view === 'all' ? entries : entries.filter((entry) => (view === 'said' ? isSaid(entry) : entry.side === view))), [entries, view]);
  const seek = (ms: number): void => {
    if (audioRef.current) audioRef.current.currentTime = ms / 1000;
  };
  const moveTo = (ms: number): void => {
    setHeardMs(ms);
    if (audioRef.current?.paused === false) tutor.at(ms);
  };
  return (
    <div className="replay">
      <div className="replay-head">
        <button type="button" className="button small" onClick={onBack}>
          {w.back}
        </button>
        <h3 ref={heading} tabIndex={-1}>
          {w.replay(session.id)}
        </h3>
        <label className="field">
          <span>{w.only}</span>
          <select className="select" value={view} onChange={(event) => setView(event.target.value as View)}>
            {views.map((name) => (
              <option key={name} value={name}>
                {w.sides[name]}
              </option>
            ))}
          </select>
        </label>
      </div>
      {session.runs ? (
        <p className="quiet">{w.goesAlong}</p>
      ) : session.recorded ? (
        <ReplayAudio sessionId={session.id} onTime={moveTo} onPause={tutor.stop} audioRef={audioRef} />
      ) : (
        <p className="quiet">{w.noAudio}</p>
      )}
      <EntryList entries={visible} heardMs={heardMs} grows={session.runs} onSeek={seek} />
      {problem && (
        <p role="alert">
          {w.failed} {problem}
        </p>
      )}
      {more && (
        <button type="button" className="button small" disabled={loading} onClick={loadMore}>
          {w.more}
        </button>
      )}
    </div>
  );
}

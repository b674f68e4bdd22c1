import { useMemo, useRef, useState } from 'react';
import { useWords } from '@/lib/language';
import type { StoredSession } from './api';
import { EntryList } from './EntryList';
import type { Side } from './entryText';
import { ReplayAudio } from './ReplayAudio';
import { useTimeline } from './useTimeline';
import { words } from './words';

const sides = ['all', 'in', 'out', 'decision'] as const;

/** What happened in a session, along with what the user said. */
export function Replay({ session, onBack }: { readonly session: StoredSession; readonly onBack: () => void }) {
  const w = useWords(words);
  const { entries, more, loading, problem, loadMore } = useTimeline(session.id);
  const [side, setSide] = useState<'all' | Side>('all');
  const [heardMs, setHeardMs] = useState(0);
  const audioRef = useRef<HTMLAudioElement>(null);
  const visible = useMemo(() => (side === 'all' ? entries : entries.filter((entry) => entry.side === side)), [entries, side]);
  const seek = (ms: number): void => {
    if (audioRef.current) audioRef.current.currentTime = ms / 1000;
  };
  return (
    <div className="replay">
      <div className="replay-head">
        <button type="button" className="button small" onClick={onBack}>
          {w.back}
        </button>
        <h3>{w.replay(session.id)}</h3>
        <label className="field">
          <span>{w.only}</span>
          <select className="select" value={side} onChange={(event) => setSide(event.target.value as typeof side)}>
            {sides.map((name) => (
              <option key={name} value={name}>
                {w.sides[name]}
              </option>
            ))}
          </select>
        </label>
      </div>
      {session.recorded ? <ReplayAudio sessionId={session.id} onTime={setHeardMs} audioRef={audioRef} /> : <p className="quiet">{w.noAudio}</p>}
      <EntryList entries={visible} heardMs={heardMs} onSeek={seek} />
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

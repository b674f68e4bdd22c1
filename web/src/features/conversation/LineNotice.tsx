import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useConnection } from '@/hooks/useConnection';
import { useVoice } from '@/hooks/useVoice';
import { identityStore } from '@/lib/identity';
import { useWords } from '@/lib/language';
import type { Line } from '@/voice/connection/Line';
import { Notice } from './Notice';
import { words } from './words';

const resumedShownMs = 4000;

/** That the line is broken, and how it goes on. */
export function LineNotice() {
  const w = useWords(words);
  const line = useConnection();
  switch (line.state) {
    case 'connecting':
      return <Notice tone="quiet">{w.starting}</Notice>;
    case 'reconnecting':
      return <Reconnecting retryAt={line.retryAt} />;
    case 'live':
      return line.how === 'started' ? null : <WentOn key={line.how} how={line.how} />;
    case 'lost':
      return <Lost line={line} />;
    default:
      return null;
  }
}

function Reconnecting({ retryAt }: { readonly retryAt: number | null }) {
  const w = useWords(words);
  const { connection } = useVoice();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const tell = () => setSeconds(retryAt === null ? 0 : Math.max(0, Math.ceil((retryAt - performance.now()) / 1000)));
    tell();
    const timer = setInterval(tell, 250);
    return () => clearInterval(timer);
  }, [retryAt]);
  return (
    <Notice
      tone="warning"
      action={
        <button type="button" className="button small" disabled={seconds === 0} onClick={() => connection.retry()}>
          {w.retryNow}
        </button>
      }
    >
      {seconds > 0 ? w.reconnectingIn(seconds) : w.reconnecting}
    </Notice>
  );
}

function WentOn({ how }: { readonly how: 'resumed' | 'anew' }) {
  const w = useWords(words);
  const [shown, setShown] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setShown(false), resumedShownMs);
    return () => clearTimeout(timer);
  }, []);
  return shown ? <Notice tone="quiet">{how === 'resumed' ? w.resumed : w.anew}</Notice> : null;
}

function Lost({ line }: { readonly line: Extract<Line, { state: 'lost' }> }) {
  const w = useWords(words);
  const { connection } = useVoice();
  const key = useStore(identityStore, (state) => state.key);
  const action =
    line.reason === 'protocol' ? (
      <button type="button" className="button small" onClick={() => window.location.reload()}>
        {w.reload}
      </button>
    ) : (
      <form
        className="notice-form"
        onSubmit={(event) => {
          event.preventDefault();
          connection.retry();
        }}
      >
        {line.reason === 'key' && (
          <input
            className="input"
            type="password"
            autoComplete="off"
            aria-label={w.key}
            value={key}
            onChange={(event) => identityStore.setState({ key: event.target.value.trim() })}
          />
        )}
        <button type="submit" className="button small">
          {w.again}
        </button>
      </form>
    );
  return (
    <Notice tone="error" action={action}>
      {w.losses[line.reason]} {line.reason === 'refused' && line.message}
    </Notice>
  );
}

import { useEffect, useState, type RefObject, type SyntheticEvent } from 'react';
import { useWords } from '@/lib/language';
import { request } from '@/lib/rest';
import { opsPath } from './api';
import { words } from './words';

interface Props {
  readonly sessionId: string;
  /** Told where it is, in milliseconds of the session: the audio runs with it. */
  readonly onTime: (ms: number) => void;
  readonly onPause: () => void;
  readonly audioRef: RefObject<HTMLAudioElement | null>;
}

/** What the user said, and the tutor again. It is fetched when it is wanted, for it may be large, and with the key, which an address could not show. */
export function ReplayAudio({ sessionId, onTime, onPause, audioRef }: Props) {
  const w = useWords(words);
  const [url, setUrl] = useState<string | null>(null);
  const [state, setState] = useState<'ready' | 'busy' | 'failed'>('ready');

  useEffect(() => () => void (url !== null && URL.revokeObjectURL(url)), [url]);

  const load = async (): Promise<void> => {
    setState('busy');
    try {
      const response = await request(`${opsPath}/sessions/${encodeURIComponent(sessionId)}/audio`, { timeoutMs: 120_000 });
      setUrl(URL.createObjectURL(await response.blob()));
      setState('ready');
    } catch {
      setState('failed');
    }
  };

  if (url !== null) {
    // What was said stands beside it, in the timeline.
    const tell = (event: SyntheticEvent<HTMLAudioElement>) => onTime(event.currentTarget.currentTime * 1000);
    return (
      <>
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
        <audio ref={audioRef} controls src={url} aria-label={w.audio} onTimeUpdate={tell} onSeeking={onPause} onPause={onPause} />
        <p className="quiet">{w.tutorAnew}</p>
      </>
    );
  }
  return (
    <div>
      <button type="button" className="button small" disabled={state === 'busy'} onClick={() => void load()}>
        {w.loadAudio}
      </button>
      {state === 'failed' && <p role="alert">{w.audioFailed}</p>}
    </div>
  );
}

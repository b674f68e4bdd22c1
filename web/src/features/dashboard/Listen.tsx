import { useEffect, useRef, useState } from 'react';
import { useWords } from '@/lib/language';
import { request } from '@/lib/rest';
import { words } from './words';

/** Has a sentence spoken by the server's voice. */
export function Listen({ text }: { readonly text: string }) {
  const w = useWords(words);
  const playing = useRef<HTMLAudioElement | null>(null);
  const [state, setState] = useState<'ready' | 'busy' | 'failed'>('ready');
  useEffect(() => () => playing.current?.pause(), []);

  const play = async (): Promise<void> => {
    setState('busy');
    playing.current?.pause();
    try {
      const response = await request('/v1/audio/speech', { method: 'POST', body: { model: 'parley', input: text, response_format: 'wav' } });
      const url = URL.createObjectURL(await response.blob());
      const audio = new Audio(url);
      audio.addEventListener('ended', () => URL.revokeObjectURL(url), { once: true });
      playing.current = audio;
      await audio.play();
      setState('ready');
    } catch {
      setState('failed');
    }
  };

  return (
    <span className="model">
      <button type="button" className="button small" disabled={state === 'busy'} onClick={() => void play()}>
        <span aria-hidden="true">▶</span> {w.listen}
      </button>
      {state === 'failed' && <span role="alert">{w.listenFailed}</span>}
    </span>
  );
}

import { useConnection } from '@/hooks/useConnection';
import { useSound } from '@/hooks/usePlayback';
import { useVoice } from '@/hooks/useVoice';
import { useWords } from '@/lib/language';
import { Notice } from './Notice';
import { words } from './words';

/** The browser lets no sound out until it is clicked, or the system took it away. */
export function SoundNotice() {
  const w = useWords(words);
  const { engine } = useVoice();
  const sound = useSound();
  const { state } = useConnection();
  if (sound === 'broken') return <Notice tone="warning">{w.soundBroken}</Notice>;
  if (sound !== 'suspended' || state === 'idle' || state === 'ended') return null;
  return (
    <Notice
      tone="warning"
      action={
        <button type="button" className="button small" onClick={() => void engine.resume()}>
          {w.soundOn}
        </button>
      }
    >
      {w.soundOff}
    </Notice>
  );
}

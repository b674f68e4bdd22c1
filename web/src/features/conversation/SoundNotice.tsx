import { useConnection } from '@/hooks/useConnection';
import { useSound } from '@/hooks/usePlayback';
import { useVoice } from '@/hooks/useVoice';
import { useWords } from '@/lib/language';
import { settingsStore } from '../settings/settings';
import { Notice } from './Notice';
import { words } from './words';

/** The browser lets no sound out until it is clicked, or the system took it away. */
export function SoundNotice() {
  const w = useWords(words);
  const voice = useVoice();
  const sound = useSound();
  const { state } = useConnection();
  if (sound === 'broken') {
    const { inputId, noiseSuppression } = settingsStore.getState();
    return (
      <Notice
        tone="warning"
        action={
          <button type="button" className="button small" onClick={() => void voice.prepare({ deviceId: inputId, noiseSuppression })}>
            {w.again}
          </button>
        }
      >
        {w.soundBroken}
      </Notice>
    );
  }
  if (sound !== 'suspended' || state === 'idle' || state === 'ended') return null;
  return (
    <Notice
      tone="warning"
      action={
        <button type="button" className="button small" onClick={() => void voice.engine.resume()}>
          {w.soundOn}
        </button>
      }
    >
      {w.soundOff}
    </Notice>
  );
}

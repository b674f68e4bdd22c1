import { useMicrophone } from '@/hooks/useMicrophone';
import { useVoice } from '@/hooks/useVoice';
import { useWords } from '@/lib/language';
import { settingsStore } from '../settings/settings';
import { Notice } from './Notice';
import { words } from './words';

/** Why one is not heard, and how to be. */
export function MicrophoneNotice() {
  const w = useWords(words);
  const voice = useVoice();
  const status = useMicrophone((state) => state.status);
  if (status === 'on' || status === 'off' || status === 'asking') return null;
  const again = () => {
    const { inputId, noiseSuppression } = settingsStore.getState();
    void voice.prepare({ deviceId: inputId, noiseSuppression });
  };
  return (
    <Notice
      tone="warning"
      action={
        status !== 'insecure' && (
          <button type="button" className="button small" onClick={again}>
            {w.again}
          </button>
        )
      }
    >
      {w.micProblems[status]}
    </Notice>
  );
}

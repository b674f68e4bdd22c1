import { useState } from 'react';
import { Icon } from '@/components/Icon';
import { useReplaying } from '@/hooks/usePlayback';
import { useVoice } from '@/hooks/useVoice';
import { useWords } from '@/lib/language';
import type { Clip } from '@/voice/audio/recordings/Clip';
import { modelVoice } from './modelVoice';
import { words } from './words';

const slowly = 0.6;

interface Props {
  readonly text: string;
  /** Whose turn's recording stands beside the model. */
  readonly turnId: string | null;
  /** A recording in place of the turn's. */
  readonly own?: Clip | null;
}

/** The learner's own voice beside the model's. */
export function Listen({ text, turnId, own }: Props) {
  const w = useWords(words);
  const voice = useVoice();
  const replaying = useReplaying();
  const [failed, setFailed] = useState(false);
  const ownClip = own ?? (turnId === null ? null : voice.ownVoice(turnId));
  const playModel = async (pace: number) => {
    try {
      setFailed(false);
      await voice.player.play({ name: `model ${pace}`, clip: await modelVoice(text), pace });
    } catch {
      setFailed(true);
    }
  };
  return (
    <div className="listen">
      {ownClip && (
        <button type="button" className="button small" aria-pressed={replaying === 'own'} onClick={() => void voice.player.play({ name: 'own', clip: ownClip })}>
          <Icon name="voice" />
          {w.own}
        </button>
      )}
      <button type="button" className="button small" aria-pressed={replaying === 'model 1'} onClick={() => void playModel(1)}>
        <Icon name="play" />
        {w.model}
      </button>
      <button type="button" className="button small" aria-pressed={replaying === `model ${slowly}`} onClick={() => void playModel(slowly)}>
        <Icon name="slow" />
        {w.slowly}
      </button>
      {failed && <p role="alert">{w.modelFailed}</p>}
    </div>
  );
}

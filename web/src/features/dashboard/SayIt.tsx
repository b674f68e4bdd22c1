import { LevelMeter } from '@/components/LevelMeter';
import { useVoice } from '@/hooks/useVoice';
import { useWords } from '@/lib/language';
import { useAttempt } from './useAttempt';
import { words } from './words';

interface Props {
  readonly itemId: string;
  /** The item was judged: the answer may be seen. */
  readonly onJudged: () => void;
  /** The learner has seen what came of it. */
  readonly onNext: () => void;
}

/** Says a review item aloud: a better test of it than one's own word. */
export function SayIt({ itemId, onJudged, onNext }: Props) {
  const w = useWords(words);
  const { microphone } = useVoice();
  const { attempt, start, finish } = useAttempt(itemId, onJudged);
  if (attempt.step === 'recording') {
    return (
      <div className="say-it">
        <output>{w.speakNow}</output>
        <LevelMeter level={microphone.level} label={w.micLevel} />
        <button type="button" className="button small" onClick={finish}>
          {w.done}
        </button>
      </div>
    );
  }
  if (attempt.step === 'judged') {
    const { right, missing, rating } = attempt.result;
    return (
      <div className="say-it">
        <output className={right ? 'said-right' : 'said-wrong'}>
          {right ? `✓ ${w.saidRight}` : `✗ ${missing.length > 0 ? w.missing(missing.join(', ')) : w.saidWrong}`} {w.movedOn(w.ratings[rating])}
        </output>
        <button type="button" className="button primary small" onClick={onNext}>
          {w.next}
        </button>
      </div>
    );
  }
  return (
    <div className="say-it">
      <button type="button" className="button primary small" disabled={attempt.step === 'opening' || attempt.step === 'judging'} onClick={() => void start()}>
        {attempt.step === 'judging' ? w.judging : w.sayIt}
      </button>
      {attempt.step === 'noMicrophone' && <p role="alert">{w.noMicrophone}</p>}
      {attempt.step === 'failed' && (
        <p role="alert">
          {w.notJudged} {attempt.message}
        </p>
      )}
    </div>
  );
}

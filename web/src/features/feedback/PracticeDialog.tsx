import { Dialog } from '@/components/Dialog';
import { LevelMeter } from '@/components/LevelMeter';
import { useMicrophone } from '@/hooks/useMicrophone';
import { useVoice } from '@/hooks/useVoice';
import { formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import { Listen } from './Listen';
import { markWords } from './markWords';
import { usePractice } from './usePractice';
import { words } from './words';

const right = 70;

interface Props {
  readonly text: string;
  /** The score of the turn that it comes from. */
  readonly before: number | null;
  readonly turnId: string | null;
  /** Called when it was said well. */
  readonly onSaid: () => void;
  readonly onClose: () => void;
}

/** Says a sentence aloud and is told at once how it was, beside how it was before. */
export function PracticeDialog({ text, before, turnId, onSaid, onClose }: Props) {
  const w = useWords(words);
  const language = useLanguage();
  const { microphone } = useVoice();
  const hasMicrophone = useMicrophone((state) => state.status === 'on');
  const { practice, begin, finish } = usePractice(text, ({ total }) => total >= right && onSaid());
  const isRecording = practice.step === 'recording';
  const judged = practice.step === 'judged' ? practice : null;
  const gained = judged && before !== null ? Math.round(judged.assessment.total - before) : 0;
  return (
    <Dialog open title={w.practise} onClose={onClose}>
      <div className="practice">
        <p className="quiet">{w.sentence}</p>
        <p className="practice-text" lang="en">
          {judged
            ? markWords(text, { pronunciation: { overall: judged.assessment.total, words: judged.assessment.words }, corrections: [] }).map((word, i) => (
                // oxlint-disable-next-line react/no-array-index-key -- the words of a text that doesn't change
                <span key={i}>
                  <span className="marked" data-grade={word.grade}>
                    {word.text}
                    <span className="hidden-visually"> ({w.grades[word.grade]})</span>
                  </span>{' '}
                </span>
              ))
            : text}
        </p>
        <Listen text={text} turnId={turnId} own={judged?.clip ?? null} />
        {isRecording && <LevelMeter level={microphone.level} label={w.recording} />}
        <button type="button" className="button primary" disabled={!hasMicrophone || practice.step === 'judging'} onClick={isRecording ? () => void finish() : begin}>
          {isRecording ? w.done : judged || practice.step === 'failed' ? w.again : w.record}
        </button>
        {!hasMicrophone && <p className="quiet">{w.noMicrophone}</p>}
        <div aria-live="polite">
          {isRecording && w.recording}
          {practice.step === 'judging' && w.judging}
          {practice.step === 'failed' && practice.message}
          {judged && (
            <dl className="before-after">
              {before !== null && <Score name={w.before} value={formatNumber(before, language)} />}
              <Score name={w.after} value={formatNumber(judged.assessment.total, language)} />
              {gained > 0 && <dd className="gained">{w.better(gained)}</dd>}
            </dl>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function Score({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

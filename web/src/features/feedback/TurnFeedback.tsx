import { useState } from 'react';
import { useVoice } from '@/hooks/useVoice';
import { formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import type { Finding, Turn, TurnFeedback as Feedback } from '@/voice/conversation/ConversationState';
import type { Correction } from '@/voice/protocol/serverMessages';
import { gradeOf } from './grades';
import { correctedText } from './markWords';
import { PracticeDialog } from './PracticeDialog';
import { words } from './words';
import './feedback.css';

const few = 4;

/** What the coach says of a turn: how it sounded, and what would be better English. */
export default function TurnFeedback({ turn }: { readonly turn: Turn }) {
  const { feedback } = turn;
  if (!feedback) return null;
  const corrections = feedback.final ? feedback.corrections : feedback.findings.flatMap(asCorrection);
  if (corrections.length === 0 && !feedback.pronunciation) return null;
  return (
    <aside className="coach">
      {feedback.pronunciation && <Summary turn={turn} feedback={feedback} />}
      {corrections.length > 0 && <Corrections turn={turn} feedback={feedback} corrections={corrections} />}
    </aside>
  );
}

function asCorrection({ item_id, stage, span, original, correction, explain }: Finding): Correction[] {
  if ((stage !== 'grammar' && stage !== 'explanation') || !span || original === null || correction === null) return [];
  return [{ item_id, span, original, correction, ...(explain !== null && { explain }) }];
}

function Summary({ turn, feedback }: { readonly turn: Turn; readonly feedback: Feedback }) {
  const w = useWords(words);
  const [isPractised, setIsPractised] = useState(false);
  const language = useLanguage();
  const { overall, fluency, prosody, words: scored } = feedback.pronunciation!;
  const count = scored?.length ?? 0;
  const score = (value: number) => formatNumber(value, language);
  return (
    <div className="coach-summary">
      <b className="coach-score" data-grade={gradeOf(overall)} aria-hidden="true">
        {score(overall)}
      </b>
      <p>
        {w.summary(score(overall), count)}
        {fluency !== undefined && ` · ${w.fluency} ${score(fluency)}`}
        {prosody !== undefined && ` · ${w.prosody} ${score(prosody)}`}
        {count < few && ` ${w.fewWords}`}
        {feedback.degraded.length > 0 && ` ${w.partly}`}
      </p>
      <button type="button" className="button small" onClick={() => setIsPractised(true)}>
        {w.repeat}
      </button>
      {isPractised && (
        <PracticeDialog text={feedback.text ?? ''} before={overall} turnId={turn.id} onSaid={() => undefined} onClose={() => setIsPractised(false)} />
      )}
    </div>
  );
}

interface CorrectionsProps {
  readonly turn: Turn;
  readonly feedback: Feedback;
  readonly corrections: readonly Correction[];
}

function Corrections({ turn, feedback, corrections }: CorrectionsProps) {
  const w = useWords(words);
  const { connection } = useVoice();
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const [practised, setPractised] = useState<Correction | null>(null);
  const text = feedback.text ?? turn.user?.text ?? '';
  const acknowledge = (item_id: string, action: 'accepted' | 'repeated' | 'dismissed') => {
    connection.send({ type: 'feedback.ack', item_id, action });
    setDone(new Set([...done, item_id]));
  };
  return (
    <>
      <ul className="corrections" aria-label={w.corrections}>
        {corrections.map((item) => (
          <li key={item.item_id} data-done={done.has(item.item_id) || undefined}>
            <p lang="en">
              <del>{item.original || '∅'}</del> <span aria-hidden="true">→</span> <ins>{item.correction || '∅'}</ins>
            </p>
            {item.explain && <p className="quiet">{item.explain}</p>}
            <p className="corrections-actions">
              <button type="button" className="button small" onClick={() => setPractised(item)}>
                {w.practise}
              </button>
              {!done.has(item.item_id) && (
                <>
                  <button type="button" className="button quiet small" onClick={() => acknowledge(item.item_id, 'accepted')}>
                    {w.accept}
                  </button>
                  <button type="button" className="button quiet small" onClick={() => acknowledge(item.item_id, 'dismissed')}>
                    {w.dismiss}
                  </button>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
      {practised && (
        <PracticeDialog
          text={correctedText(text, corrections)}
          before={feedback.pronunciation?.overall ?? null}
          turnId={turn.id}
          onSaid={() => acknowledge(practised.item_id, 'repeated')}
          onClose={() => setPractised(null)}
        />
      )}
    </>
  );
}

import { useEffect, useState } from 'react';
import { useVoice } from '@/hooks/useVoice';
import { useWords } from '@/lib/language';
import { resources } from '@/lib/resource';
import { requestJson } from '@/lib/rest';
import { useResource } from '@/lib/useResource';
import { learnerPath, ratings, type List, type Rating, type ReviewItem } from './api';
import { Listen } from './Listen';
import { SayIt } from './SayIt';
import { words } from './words';

/** What is due, one after the other: think, or better speak, look, and say how it went. */
export function ReviewQueue() {
  const w = useWords(words);
  const { data } = useResource<List<ReviewItem>>(learnerPath('/reviews'));
  const voice = useVoice();
  // The microphone that was opened for reviews is closed with them, unless a call goes on.
  useEffect(() => () => void (!voice.isActive && voice.microphone.close()), [voice]);
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const due = (data?.data ?? []).filter((item) => !done.has(item.id));
  const item = due[0];
  return (
    <article className="card reviews">
      <h3>{w.reviews}</h3>
      {data === undefined ? (
        <p className="quiet">{w.loading}</p>
      ) : (
        <output>{due.length > 0 ? w.due(due.length) : w.nothingDue}</output>
      )}
      {item && (
        <Review
          key={item.id}
          item={item}
          onRated={() => {
            setDone(new Set([...done, item.id]));
            resources.invalidate(learnerPath('/recommendations'));
          }}
        />
      )}
    </article>
  );
}

function Review({ item, onRated }: { readonly item: ReviewItem; readonly onRated: () => void }) {
  const w = useWords(words);
  const [shown, setShown] = useState(false);
  const [said, setSaid] = useState(false);
  const [state, setState] = useState<'waiting' | 'saving' | 'failed'>('waiting');

  const rate = async (rating: Rating): Promise<void> => {
    setState('saving');
    try {
      await requestJson(learnerPath(`/reviews/${encodeURIComponent(item.id)}`), { method: 'POST', body: { rating } });
      onRated();
    } catch {
      setState('failed');
    }
  };

  return (
    <div className="review">
      <p className="quiet">{w.drills[item.drill]}</p>
      <p className="review-prompt" lang="en">
        {item.prompt}
      </p>
      {(shown || said) && (
        <>
          <p className="review-answer" lang="en">
            {item.answer}
          </p>
          <Listen text={item.answer} />
        </>
      )}
      {shown ? (
        <>
          <fieldset className="review-ratings" disabled={state === 'saving'}>
            <legend>{w.howWell}</legend>
            {ratings.map((rating) => (
              <button key={rating} type="button" className="button small" onClick={() => void rate(rating)}>
                {w.ratings[rating]}
              </button>
            ))}
          </fieldset>
          {state === 'failed' && <p role="alert">{w.notSaved}</p>}
        </>
      ) : (
        <div className="review-actions">
          <SayIt itemId={item.id} onJudged={() => setSaid(true)} onNext={onRated} />
          {!said && item.drill === 'Shadow' && <Listen text={item.answer} />}
          {!said && (
            <button type="button" className="button small" onClick={() => setShown(true)}>
              {w.show}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

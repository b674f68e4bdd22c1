import { formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import { exampleOf, ipaOf } from '@/lib/phones';
import { useResource } from '@/lib/useResource';
import { learnerPath, type Recommendations } from './api';
import { ReviewQueue } from './ReviewQueue';
import { words } from './words';

/** One thing to practise, and what is due for review. */
export function Today() {
  const w = useWords(words);
  const { data: advice } = useResource<Recommendations>(learnerPath('/recommendations'));
  return (
    <section className="today" aria-labelledby="today">
      <h2 id="today">{w.today}</h2>
      <div className="dashboard-grid">
        <article className="card today-advice">{advice ? <Advice advice={advice} /> : <p className="quiet">{w.loading}</p>}</article>
        <ReviewQueue />
      </div>
    </section>
  );
}

function Advice({ advice: { weak_sounds, frequent_mistakes, repeated_starts } }: { readonly advice: Recommendations }) {
  const w = useWords(words);
  const language = useLanguage();
  const sound = weak_sounds[0];
  const mistake = frequent_mistakes.find(({ count }) => count > 1);
  const start = repeated_starts[0];
  return (
    <>
      {mistake && (
        <div>
          <p className="today-main">{w.practiseMistake(mistake.example.right, mistake.example.wrong)}</p>
          <p className="quiet">{w.mistakeWhy(mistake.count)}</p>
        </div>
      )}
      {sound && (
        <div>
          <p className={mistake ? undefined : 'today-main'}>{w.practiseSound(ipaOf(sound.phone), exampleOf(sound.phone) ?? sound.phone)}</p>
          <p className="quiet">{w.soundWhy(formatNumber(sound.score, language), sound.uses)}</p>
        </div>
      )}
      {start && <p>{w.repeatedStart(start.words, start.count)}</p>}
      {!mistake && !sound && <p className="today-main">{w.practiseTalk}</p>}
    </>
  );
}

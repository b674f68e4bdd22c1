import { followWithin, paths } from '@/app/router';
import { useWords } from '@/lib/language';
import { RestError } from '@/lib/rest';
import { words } from './words';

/** Why there is nothing to see: nothing was said yet, the server remembers nobody, or it cannot be reached. */
export function Problem({ error, onRetry }: { readonly error: Error | null; readonly onRetry: () => void }) {
  const w = useWords(words);
  if (error === null) {
    return (
      <section className="card dashboard-empty">
        <h2>{w.empty}</h2>
        <p>{w.emptyHint}</p>
        <a className="button primary" href={paths.talk} onClick={followWithin(paths.talk)}>
          {w.talk}
        </a>
      </section>
    );
  }
  if (error instanceof RestError && error.code === 'not_available') return <p className="card">{w.remembersNobody}</p>;
  return (
    <section className="card dashboard-empty" role="alert">
      <p>{w.failed}</p>
      <p className="quiet">{error.message}</p>
      <button type="button" className="button" onClick={onRetry}>
        {w.retry}
      </button>
    </section>
  );
}

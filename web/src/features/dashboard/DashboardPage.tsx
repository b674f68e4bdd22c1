import { RestError } from '@/lib/rest';
import { useWords } from '@/lib/language';
import { useResource } from '@/lib/useResource';
import { learnerPath, type Progress } from './api';
import './dashboard.css';
import { Mistakes } from './Mistakes';
import { Problem } from './Problem';
import { Sounds } from './Sounds';
import { Summary } from './Summary';
import { Today } from './Today';
import { Trends } from './Trends';
import { WordLevels } from './WordLevels';
import { words } from './words';
import { YourData } from './YourData';

/** What a learner has reached, what to practise, and what is kept of them. */
export default function DashboardPage() {
  const w = useWords(words);
  return (
    <div className="page dashboard">
      <h1>{w.title}</h1>
      <Content />
    </div>
  );
}

function Content() {
  const w = useWords(words);
  const { data: progress, error, refresh } = useResource<Progress>(learnerPath('/progress'));
  if (error && !(error instanceof RestError && error.status === 404)) return <Problem error={error} onRetry={refresh} />;
  if (error || progress?.turns === 0) return <Problem error={null} onRetry={refresh} />;
  if (!progress) {
    return <output className="quiet">{w.loading}</output>;
  }
  return (
    <>
      <Summary progress={progress} />
      <Today />
      <Trends progress={progress} />
      <section className="dashboard-grid">
        {progress.vocabulary && <WordLevels vocabulary={progress.vocabulary} />}
        <Mistakes progress={progress} />
        <Sounds />
      </section>
      <YourData onDeleted={refresh} />
    </>
  );
}

import { useState } from 'react';
import { Dialog } from '@/components/Dialog';
import { useWords } from '@/lib/language';
import { resources } from '@/lib/resource';
import { request } from '@/lib/rest';
import { learnerPath } from './api';
import { words } from './words';

/** What is kept of the learner: to be taken along, and to be deleted. */
export function YourData({ onDeleted }: { readonly onDeleted: () => void }) {
  const w = useWords(words);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const attempt = async (act: () => Promise<void>, otherwise: string): Promise<void> => {
    setProblem(null);
    try {
      await act();
    } catch {
      setProblem(otherwise);
    }
  };

  const remove = async (): Promise<void> => {
    setAsking(false);
    await request(learnerPath(), { method: 'DELETE' });
    resources.invalidate(learnerPath());
    onDeleted();
  };

  return (
    <section className="card your-data" aria-labelledby="your-data">
      <h2 id="your-data">{w.yourData}</h2>
      <p className="quiet">{w.yourDataHint}</p>
      <div className="your-data-actions">
        <button type="button" className="button" onClick={() => void attempt(download, w.exportFailed)}>
          {w.export}
        </button>
        <button type="button" className="button danger" onClick={() => setAsking(true)}>
          {w.delete}
        </button>
      </div>
      {problem && <p role="alert">{problem}</p>}
      <Dialog open={asking} title={w.deleteTitle} onClose={() => setAsking(false)}>
        <p>{w.deleteText}</p>
        <div className="your-data-actions">
          <button type="button" className="button" onClick={() => setAsking(false)}>
            {w.deleteNo}
          </button>
          <button type="button" className="button danger" onClick={() => void attempt(remove, w.deleteFailed)}>
            {w.deleteYes}
          </button>
        </div>
      </Dialog>
    </section>
  );
}

/** Asks with the key, which a plain link could not show. */
async function download(): Promise<void> {
  const response = await request(learnerPath('/export'));
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = 'parley-learner.json';
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

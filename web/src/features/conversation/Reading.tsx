import { useEffect, useState, type ChangeEvent } from 'react';
import { useConnection } from '@/hooks/useConnection';
import { useVoice } from '@/hooks/useVoice';
import { useWords } from '@/lib/language';
import { pagesOf } from './pagesOf';
import { words } from './words';

const largest = 2_000_000;
const contextId = 'reading';

/** A text to talk about: the tutor is told which page one looks at. */
export function Reading() {
  const w = useWords(words);
  const { connection } = useVoice();
  const line = useConnection();
  const [draft, setDraft] = useState('');
  const [title, setTitle] = useState('');
  const [pages, setPages] = useState<readonly string[]>([]);
  const [page, setPage] = useState(0);
  const [problem, setProblem] = useState('');
  // A session that was begun anew knows nothing of the page.
  const session = line.state === 'live' ? line.how : null;

  useEffect(() => {
    const text = pages[page];
    if (text === undefined || session === null) return;
    connection.send({ type: 'context_update', context_id: contextId, text, page: page + 1, ...(title && { title }) });
  }, [connection, pages, page, title, session]);

  const load = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    if (!file) return;
    const text = file.size > largest ? '\0' : await file.text();
    const isText = !text.includes('\0');
    setProblem(isText ? '' : w.tooLarge);
    if (!isText) return;
    setTitle(file.name);
    setDraft(text);
  };
  const use = () => {
    setPages(pagesOf(draft));
    setPage(0);
  };

  return (
    <details className="reading">
      <summary>{w.reading}</summary>
      {pages.length === 0 ? (
        <div className="reading-edit">
          <p className="quiet">{w.readingIntro}</p>
          <textarea className="input" rows={4} aria-label={w.readingText} value={draft} onChange={(event) => setDraft(event.target.value)} />
          <div className="reading-actions">
            <label className="button small">
              {w.readingLoad}
              <input type="file" className="hidden-visually" accept=".txt,.md,.csv,.srt,text/*" onChange={(event) => void load(event)} />
            </label>
            <button type="button" className="button small" disabled={pagesOf(draft).length === 0} onClick={use}>
              {w.readingUse}
            </button>
          </div>
          {problem && <p role="alert">{problem}</p>}
        </div>
      ) : (
        <div className="reading-show">
          <div className="reading-actions">
            <button type="button" className="button small" aria-label={w.previous} disabled={page === 0} onClick={() => setPage(page - 1)}>
              ‹
            </button>
            <span>{w.page(page + 1, pages.length)}</span>
            <button type="button" className="button small" aria-label={w.next} disabled={page === pages.length - 1} onClick={() => setPage(page + 1)}>
              ›
            </button>
            <button type="button" className="button quiet small" onClick={() => setPages([])}>
              {w.readingChange}
            </button>
          </div>
          <section className="reading-page" lang="en" tabIndex={0} aria-label={title || w.reading}>
            {pages[page]}
          </section>
        </div>
      )}
    </details>
  );
}

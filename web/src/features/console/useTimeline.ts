import { useCallback, useEffect, useState } from 'react';
import { requestJson } from '@/lib/rest';
import { opsPath, type TimelineEntry, type TimelinePage } from './api';
import { textOf, type EntryText } from './entryText';

export interface ShownEntry extends EntryText {
  readonly number: number;
  readonly atMs: number;
}

export interface Timeline {
  readonly entries: readonly ShownEntry[];
  readonly more: boolean;
  readonly loading: boolean;
  readonly problem: string | null;
  readonly loadMore: () => void;
}

/** The timeline of a stored session, page by page. */
export function useTimeline(sessionId: string): Timeline {
  const [entries, setEntries] = useState<readonly ShownEntry[]>([]);
  const [next, setNext] = useState<number | undefined>(0);
  const [wanted, setWanted] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    const load = async (): Promise<void> => {
      try {
        const page = await requestJson<TimelinePage>(`${opsPath}/sessions/${encodeURIComponent(sessionId)}/timeline?after=${wanted}`, { signal: abort.signal });
        setEntries((known) => [...(wanted === 0 ? [] : known), ...page.data.map(shown)]);
        setNext(page.next);
      } catch (error) {
        if (!abort.signal.aborted) setProblem(error instanceof Error ? error.message : String(error));
      }
    };
    void load();
    return () => abort.abort();
  }, [sessionId, wanted]);

  const loadMore = useCallback(() => {
    setProblem(null);
    if (next !== undefined) setWanted(next);
  }, [next]);
  return { entries, more: next !== undefined && entries.length > 0, loading: next === wanted && problem === null, problem, loadMore };
}

function shown(entry: TimelineEntry): ShownEntry {
  return { number: entry.number, atMs: entry.at_ms, ...textOf(entry) };
}

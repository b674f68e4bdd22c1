import { useCallback, useEffect, useState } from 'react';
import { requestJson } from '@/lib/rest';
import { opsPath, type TimelineEntry, type TimelinePage } from './api';
import { textOf, type EntryText } from './entryText';

const followMs = 1_500;

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

/** The timeline of a stored session, page by page; of one that runs, all of it and what comes. */
export function useTimeline(sessionId: string, runs: boolean): Timeline {
  const [entries, setEntries] = useState<readonly ShownEntry[]>([]);
  const [next, setNext] = useState<number | undefined>(0);
  const [asked, ask] = useState({ after: 0 });
  const [answered, setAnswered] = useState<typeof asked | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    const load = async (): Promise<void> => {
      try {
        const page = await requestJson<TimelinePage>(`${opsPath}/sessions/${encodeURIComponent(sessionId)}/timeline?after=${asked.after}`, { signal: abort.signal });
        if (page.data.length > 0) setEntries((known) => [...(asked.after === 0 ? [] : known), ...page.data.map(shown)]);
        setNext(page.next);
        setProblem(null);
      } catch (error) {
        if (!abort.signal.aborted) setProblem(error instanceof Error ? error.message : String(error));
      }
      if (!abort.signal.aborted) setAnswered(asked);
    };
    void load();
    return () => abort.abort();
  }, [sessionId, asked]);

  const newest = entries.at(-1)?.number ?? 0;
  useEffect(() => {
    if (!runs || answered !== asked) return;
    const timer = window.setTimeout(() => ask({ after: newest }), next === undefined ? followMs : 0);
    return () => window.clearTimeout(timer);
  }, [runs, asked, answered, newest, next]);

  const loadMore = useCallback(() => {
    setProblem(null);
    if (next !== undefined) ask({ after: next });
  }, [next]);
  return { entries, more: !runs && next !== undefined && entries.length > 0, loading: answered !== asked, problem, loadMore };
}

function shown(entry: TimelineEntry): ShownEntry {
  return { number: entry.number, atMs: entry.at_ms, ...textOf(entry) };
}

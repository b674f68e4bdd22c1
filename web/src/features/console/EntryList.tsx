import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useWords } from '@/lib/language';
import type { ShownEntry } from './useTimeline';
import { words } from './words';

const rowHeight = 30;
const signs = { in: '→', out: '←', decision: '◆' } as const;

interface Props {
  readonly entries: readonly ShownEntry[];
  /** Up to where the audio was played. */
  readonly heardMs: number;
  /** Whether more comes, with which it goes along. */
  readonly grows: boolean;
  readonly onSeek: (ms: number) => void;
}

/** Thousands of entries, of which those in view are drawn; it goes along with the audio. */
export function EntryList({ entries, heardMs, grows, onSeek }: Props) {
  const w = useWords(words);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count: entries.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12 });
  const heard = heardMs > 0 ? entries.findLastIndex(({ atMs }) => atMs <= heardMs) : -1;

  useEffect(() => {
    if (heard >= 0) rows.scrollToIndex(heard, { align: 'center' });
  }, [heard, rows]);

  const last = entries.length - 1;
  useEffect(() => {
    if (grows && last >= 0) rows.scrollToIndex(last, { align: 'end' });
  }, [grows, last, rows]);

  return (
    <section ref={scroller} className="entries" aria-label={w.what}>
      <ol style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const entry = entries[index]!;
          return (
            <li key={entry.number} className={`entry ${entry.side}`} aria-current={index === heard ? 'time' : undefined} aria-setsize={entries.length} aria-posinset={index + 1} style={{ transform: `translateY(${start}px)` }}>
              <button type="button" onClick={() => onSeek(entry.atMs)}>
                {(entry.atMs / 1000).toFixed(2)}
              </button>
              <span aria-hidden="true">{signs[entry.side]}</span>
              <code>{entry.name}</code>
              <span className="entry-text">{entry.text}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

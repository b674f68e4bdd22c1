import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useConversation } from '@/hooks/useConversation';
import { useHeardGeneration } from '@/hooks/usePlayback';
import { useWords } from '@/lib/language';
import { TurnRow } from './TurnRow';
import { words } from './words';

const nearEnd = 160;
// How long a scroll goes on after the hand that began it.
const handMs = 1500;

/**
 * All that was said; only what is seen is drawn. It follows the newest unless one has scrolled away. A log without live announcements: `Announcer` makes them,
 * for partial sentences read out beside a voice are noise.
 */
export function Transcript() {
  const w = useWords(words);
  const turns = useConversation((state) => state.turns);
  const heard = useHeardGeneration();
  const scroller = useRef<HTMLDivElement>(null);
  const [isAway, setIsAway] = useState(false);
  // Rows that grow and windows that change move the scroll too; only the user's hand goes away from the newest.
  const movedAt = useRef(-Infinity);
  useEffect(() => {
    const leaving = new AbortController();
    const moved = () => {
      movedAt.current = performance.now();
    };
    for (const event of ['wheel', 'touchmove', 'keydown', 'pointerdown']) scroller.current!.addEventListener(event, moved, { passive: true, signal: leaving.signal });
    return () => leaving.abort();
  }, []);
  const rows = useVirtualizer({
    count: turns.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 120,
    getItemKey: (i) => turns[i]!.key,
    overscan: 4,
    anchorTo: 'end',
    followOnAppend: true,
    onChange: (instance) => {
      // By its own numbers: asking the element would lay it out again at each step.
      const below = instance.getTotalSize() - (instance.scrollOffset ?? 0) - (instance.scrollRect?.height ?? 0);
      if (below < nearEnd) setIsAway(false);
      else if (performance.now() - movedAt.current < handMs) setIsAway(true);
    },
  });

  // The newest turn grows while it is spoken.
  const newest = turns.at(-1);
  useEffect(() => {
    if (!isAway) rows.scrollToEnd();
  }, [newest, isAway, rows]);
  useEffect(() => {
    const resized = new ResizeObserver(() => {
      if (!isAway) rows.scrollToEnd();
    });
    resized.observe(scroller.current!);
    return () => resized.disconnect();
  }, [isAway, rows]);

  return (
    <div className="transcript">
      <div ref={scroller} className="transcript-scroll" role="log" aria-live="off" aria-label={w.transcript} tabIndex={0}>
        {turns.length === 0 && <p className="quiet transcript-empty">{w.empty}</p>}
        <div className="transcript-rows" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => (
            <div key={row.key} ref={rows.measureElement} data-index={row.index} className="transcript-row" style={{ transform: `translateY(${row.start}px)` }}>
              <TurnRow turn={turns[row.index]!} heard={turns[row.index]!.replies.some((reply) => reply.generation === heard) ? heard : null} />
            </div>
          ))}
        </div>
      </div>
      {isAway && (
        <button type="button" className="button small transcript-latest" onClick={() => rows.scrollToEnd({ behavior: 'smooth' })}>
          {w.latest}
        </button>
      )}
    </div>
  );
}

import { useCallback, useEffect, useRef } from 'react';
import { TutorVoice } from './tutorVoice';
import type { ShownEntry } from './useTimeline';

const begins = 'segment_begin';
/** After these nothing is heard of the tutor any more. */
const stops: ReadonlySet<string> = new Set(['paused', 'generation_cancelled']);
// Whoever jumps further than an audio element reports apart has sought.
const longestStepMs = 1_500;

export interface TutorVoiceControl {
  /** The replay is at a time of the session, and goes on from there. */
  readonly at: (ms: number) => void;
  readonly stop: () => void;
}

/** Lets the tutor's voice go along with a replay: each clause begins when it began. */
export function useTutorVoice(entries: readonly ShownEntry[]): TutorVoiceControl {
  const voice = useRef<TutorVoice | null>(null);
  const before = useRef(0);
  const known = useRef(entries);
  useEffect(() => void (known.current = entries), [entries]);
  useEffect(() => () => voice.current?.stop(), []);

  const at = useCallback((ms: number) => {
    const from = before.current;
    before.current = ms;
    voice.current ??= new TutorVoice();
    if (ms < from || ms - from > longestStepMs) return voice.current.stop();
    const passed = known.current.filter(({ atMs }) => atMs > from && atMs <= ms);
    const last = passed.findLast(({ name }) => name === begins || stops.has(name));
    if (last?.name === begins) void voice.current.say(last.text);
    else if (last) voice.current.stop();
    const next = known.current.find(({ name, atMs }) => name === begins && atMs > ms);
    if (next && next.atMs - ms < 5_000) void voice.current.prepare(next.text).catch(() => undefined);
  }, []);
  const stop = useCallback(() => voice.current?.stop(), []);
  return { at, stop };
}

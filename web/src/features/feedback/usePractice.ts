import { useEffect, useReducer, useRef } from 'react';
import { useAside } from '@/hooks/useAside';
import { useVoice } from '@/hooks/useVoice';
import type { Clip } from '@/voice/audio/recordings/Clip';
import { assess, type Assessment } from './assess';

/** Where the practice of a sentence stands. */
export type Practice =
  | { readonly step: 'ready' }
  | { readonly step: 'recording' }
  | { readonly step: 'judging' }
  | { readonly step: 'judged'; readonly assessment: Assessment; readonly clip: Clip }
  | { readonly step: 'failed'; readonly message: string };

/** Records a sentence beside the conversation and has it judged. */
export function usePractice(text: string, onJudged: (assessment: Assessment) => void) {
  const voice = useVoice();
  const [practice, setPractice] = useReducer((_: Practice, next: Practice) => next, { step: 'ready' });
  const judging = useRef<AbortController | null>(null);
  useEffect(() => () => judging.current?.abort(), []);

  // Who practises is silent in the conversation, and not to be helped there.
  useEffect(() => {
    voice.configure({ turn: { respond: false } });
    return () => voice.configure({ turn: { respond: true } });
  }, [voice]);

  const judge = async (clip: Clip) => {
    const abort = new AbortController();
    judging.current = abort;
    setPractice({ step: 'judging' });
    try {
      const assessment = await assess(clip, text, abort.signal);
      setPractice({ step: 'judged', assessment, clip });
      onJudged(assessment);
    } catch (error) {
      if (!abort.signal.aborted) setPractice({ step: 'failed', message: (error as Error).message });
    }
  };
  const aside = useAside((clip) => void judge(clip));
  const begin = () => {
    aside.begin();
    setPractice({ step: 'recording' });
  };
  return { practice, begin, finish: aside.finish };
}

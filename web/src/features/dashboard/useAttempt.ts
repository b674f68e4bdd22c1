import { useEffect, useRef, useState } from 'react';
import { useAside } from '@/hooks/useAside';
import { useVoice } from '@/hooks/useVoice';
import { requestJson } from '@/lib/rest';
import { toWav, type Clip } from '@/voice/audio/recordings/Clip';
import type { VoiceClient } from '@/voice/VoiceClient';
import { settingsStore } from '../settings/settings';
import { learnerPath, type Rating } from './api';

export interface AttemptResult {
  readonly right: boolean;
  /** Words that matter and were not heard. */
  readonly missing: readonly string[];
  /** How the item was moved on. */
  readonly rating: Rating;
}

export type Attempt =
  | { readonly step: 'ready' | 'opening' | 'recording' | 'judging' | 'noMicrophone' }
  | { readonly step: 'judged'; readonly result: AttemptResult }
  | { readonly step: 'failed'; readonly message: string };

/** A review item is said aloud and judged by the server, which moves it on. */
export function useAttempt(itemId: string, onJudged: () => void) {
  const voice = useVoice();
  const [attempt, setAttempt] = useState<Attempt>({ step: 'ready' });
  const judging = useRef<AbortController | null>(null);

  const judge = async (clip: Clip): Promise<void> => {
    const abort = new AbortController();
    judging.current = abort;
    setAttempt({ step: 'judging' });
    const body = new FormData();
    body.set('audio', toWav(clip), 'attempt.wav');
    try {
      const result = await requestJson<AttemptResult>(learnerPath(`/reviews/${encodeURIComponent(itemId)}/attempts`), { method: 'POST', body, signal: abort.signal, timeoutMs: 60_000 });
      setAttempt({ step: 'judged', result: { ...result, rating: result.rating.toLowerCase() as Rating } });
      onJudged();
    } catch (error) {
      if (!abort.signal.aborted) setAttempt({ step: 'failed', message: (error as Error).message });
    }
  };
  const { begin, finish } = useAside((clip) => void judge(clip));

  const start = async (): Promise<void> => {
    setAttempt({ step: 'opening' });
    if (!(await openMicrophone(voice))) {
      setAttempt({ step: 'noMicrophone' });
      return;
    }
    begin();
    setAttempt({ step: 'recording' });
  };

  useEffect(() => () => judging.current?.abort(), []);
  return { attempt, start, finish };
}

/** One that is open already, as in a call, stays as it is. */
async function openMicrophone(voice: VoiceClient): Promise<boolean> {
  if (voice.microphone.store.getState().status === 'on') return true;
  return voice.prepare({ deviceId: settingsStore.getState().inputId, noiseSuppression: false });
}

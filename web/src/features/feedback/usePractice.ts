import { useEffect, useReducer, useRef } from 'react';
import { useFrame } from '@/hooks/useFrame';
import { useVoice } from '@/hooks/useVoice';
import type { Clip } from '@/voice/audio/recordings/Clip';
import { assess, type Assessment } from './assess';
import { SilenceDetector } from './SilenceDetector';

/** Where the practice of a sentence stands. */
export type Practice =
  | { readonly step: 'ready' }
  | { readonly step: 'recording' }
  | { readonly step: 'judging' }
  | { readonly step: 'judged'; readonly assessment: Assessment; readonly clip: Clip }
  | { readonly step: 'failed'; readonly message: string };

/** Records a sentence beside the conversation and has it judged. It ends by itself when one falls silent. */
export function usePractice(text: string, onJudged: (assessment: Assessment) => void) {
  const voice = useVoice();
  const [practice, setPractice] = useReducer((_: Practice, next: Practice) => next, { step: 'ready' });
  const silence = useRef(new SilenceDetector());
  const wasMuted = useRef(false);
  const judging = useRef<AbortController | null>(null);
  const isRecording = useRef(false);

  const begin = () => {
    voice.interrupt();
    wasMuted.current = voice.microphone.store.getState().muted;
    voice.microphone.mute(false);
    voice.route.beginAside();
    silence.current = new SilenceDetector();
    isRecording.current = true;
    setPractice({ step: 'recording' });
  };
  const stopRecording = () => {
    isRecording.current = false;
    voice.microphone.mute(wasMuted.current);
    return voice.route.endAside();
  };
  const finish = async () => {
    if (!isRecording.current) return;
    const clip = stopRecording();
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

  useFrame((now) => {
    if (silence.current.isOver(voice.microphone.level[0]!, now)) void finish();
  }, practice.step === 'recording');

  const leave = useRef(() => {});
  useEffect(() => {
    leave.current = () => {
      judging.current?.abort();
      if (isRecording.current) stopRecording();
    };
  });
  useEffect(() => () => leave.current(), []);

  return { practice, begin, finish };
}

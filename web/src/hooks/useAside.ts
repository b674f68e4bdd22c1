import { useEffect, useRef, useState } from 'react';
import type { Clip } from '@/voice/audio/recordings/Clip';
import { SilenceDetector } from '@/voice/audio/recordings/SilenceDetector';
import { useFrame } from './useFrame';
import { useVoice } from './useVoice';

export interface Aside {
  readonly isRecording: boolean;
  readonly begin: () => void;
  readonly finish: () => void;
}

/** Records a sentence beside the conversation, with the microphone that is open. It ends by itself when one falls silent; leaving drops it. */
export function useAside(onClip: (clip: Clip) => void): Aside {
  const voice = useVoice();
  const [isRecording, setRecording] = useState(false);
  const silence = useRef(new SilenceDetector());
  const wasMuted = useRef(false);
  const recording = useRef(false);

  const begin = () => {
    voice.interrupt();
    wasMuted.current = voice.microphone.store.getState().muted;
    voice.microphone.mute(false);
    voice.route.beginAside();
    silence.current = new SilenceDetector();
    recording.current = true;
    setRecording(true);
  };
  const stop = () => {
    recording.current = false;
    voice.microphone.mute(wasMuted.current);
    return voice.route.endAside();
  };
  const finish = () => {
    if (!recording.current) return;
    const clip = stop();
    setRecording(false);
    onClip(clip);
  };

  useFrame((now) => {
    if (silence.current.isOver(voice.microphone.level[0]!, now)) finish();
  }, isRecording);

  const leave = useRef(() => {});
  useEffect(() => {
    leave.current = () => {
      if (recording.current) stop();
    };
  });
  useEffect(() => () => leave.current(), []);
  return { isRecording, begin, finish };
}

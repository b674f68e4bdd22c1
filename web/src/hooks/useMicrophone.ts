import { useStore } from 'zustand';
import type { MicrophoneState } from '@/voice/audio/Microphone';
import { useVoice } from './useVoice';

/** A part of the microphone's state. */
export function useMicrophone<T>(select: (state: MicrophoneState) => T): T {
  return useStore(useVoice().microphone.store, select);
}

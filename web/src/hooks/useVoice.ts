import { createContext, use } from 'react';
import type { VoiceClient } from '@/voice/VoiceClient';

export const VoiceContext = createContext<VoiceClient | null>(null);

/** The call. */
export function useVoice(): VoiceClient {
  const voice = use(VoiceContext);
  if (!voice) throw new Error('There is no VoiceContext around this component.');
  return voice;
}

import { useStore } from 'zustand';
import type { Line } from '@/voice/connection/Line';
import { useVoice } from './useVoice';

/** The state of the line. */
export function useConnection(): Line {
  return useStore(useVoice().connection.line);
}

import { useState } from 'react';
import { useStore } from 'zustand';
import type { SoundState } from '@/voice/audio/AudioEngine';
import { useConversation } from './useConversation';
import { useFrame } from './useFrame';
import { useVoice } from './useVoice';

/** Whether the page may sound. */
export function useSound(): SoundState {
  return useStore(useVoice().engine.sound, ({ state }) => state);
}

/** The name of the clip that plays beside the call. */
export function useReplaying(): string | null {
  return useStore(useVoice().player.playing, ({ name }) => name);
}

/** Which generation is being heard; renders when that changes, not while it goes on. */
export function useHeardGeneration(): number | null {
  const { clock } = useVoice();
  const [generation, setGeneration] = useState<number | null>(null);
  const answering = useConversation((state) => state.phase !== 'idle' && state.phase !== 'listening');
  const isActive = useReplaying() !== null || answering;
  useFrame((now) => setGeneration(clock.heard(now)?.generation ?? null), isActive);
  return isActive ? generation : null;
}

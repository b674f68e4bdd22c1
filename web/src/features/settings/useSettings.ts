import { useStore } from 'zustand';
import { useVoice } from '@/hooks/useVoice';
import { sessionConfigOf, settingsStore, type Settings } from './settings';

export function useSettings(): Settings {
  return useStore(settingsStore);
}

/** Changes settings, for a call that goes on too. */
export function useChangeSettings(): (changes: Partial<Settings>) => void {
  const voice = useVoice();
  return (changes) => {
    settingsStore.setState(changes);
    const settings = settingsStore.getState();
    if (voice.isActive) voice.configure(sessionConfigOf(settings));
    if (changes.outputId !== undefined) void voice.engine.playOn(changes.outputId);
    const reopens = changes.inputId !== undefined || changes.noiseSuppression !== undefined;
    if (reopens && voice.microphone.store.getState().status !== 'off') {
      void voice.microphone.open({ deviceId: settings.inputId, noiseSuppression: settings.noiseSuppression });
    }
  };
}

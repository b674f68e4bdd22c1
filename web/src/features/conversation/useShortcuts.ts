import { useEffect } from 'react';
import { useVoice } from '@/hooks/useVoice';
import { settingsStore } from '../settings/settings';

/** Where keys mean something else: texts are typed into, buttons are pressed by Space. */
const ownsKeys = 'input, textarea, select, button, a, summary, [role="button"], [contenteditable], [role="log"], dialog';

/**
 * M mutes, Esc stops the tutor, holding Space talks: the turn in push to talk, the voice while muted. Without modifiers alone, and for whoever has not
 * switched single keys off.
 */
export function useShortcuts(): void {
  const voice = useVoice();
  useEffect(() => {
    let unmuted = false;
    const letGo = () => {
      voice.route.letGo();
      if (unmuted) voice.microphone.mute(true);
      unmuted = false;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !settingsStore.getState().shortcuts) return;
      const target = event.target as Element;
      if (event.key === 'Escape' && !target.closest('dialog')) return voice.interrupt();
      if (target.closest(ownsKeys) && !(event.key === 'm' && !target.closest('input, textarea, select, [contenteditable], dialog'))) return;
      const { muted } = voice.microphone.store.getState();
      if (event.key === 'm' && !event.repeat) voice.microphone.mute(!muted);
      if (event.key !== ' ') return;
      event.preventDefault();
      if (event.repeat) return;
      if (settingsStore.getState().pushToTalk) voice.route.talk();
      else if (muted) {
        unmuted = true;
        voice.microphone.mute(false);
      }
    };
    const onKeyUp = (event: KeyboardEvent) => event.key === ' ' && letGo();
    const onHidden = () => document.hidden && letGo();
    const leaving = new AbortController();
    const { signal } = leaving;
    window.addEventListener('keydown', onKeyDown, { signal });
    window.addEventListener('keyup', onKeyUp, { signal });
    window.addEventListener('blur', letGo, { signal });
    document.addEventListener('visibilitychange', onHidden, { signal });
    return () => {
      letGo();
      leaving.abort();
    };
  }, [voice]);
}

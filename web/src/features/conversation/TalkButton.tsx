import { useEffect, useState, type KeyboardEvent } from 'react';
import { useVoice } from '@/hooks/useVoice';
import { useWords } from '@/lib/language';
import { words } from './words';

/** Held while one speaks, by pointer or, where it has the focus, by key. */
export function TalkButton({ disabled }: { readonly disabled: boolean }) {
  const w = useWords(words);
  const { route } = useVoice();
  const [held, setHeld] = useState(false);
  const press = () => {
    setHeld(true);
    route.talk();
  };
  const letGo = () => {
    setHeld(false);
    route.letGo();
  };
  // A button that goes away while it is held would leave the turn open.
  useEffect(() => () => route.letGo(), [route]);
  const isTalkKey = ({ key }: KeyboardEvent) => key === ' ' || key === 'Enter';
  return (
    <button
      type="button"
      className="button primary talk-button"
      aria-pressed={held}
      aria-keyshortcuts="Space"
      disabled={disabled}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        press();
      }}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onKeyDown={(event) => {
        if (!isTalkKey(event)) return;
        event.preventDefault();
        if (!event.repeat) press();
      }}
      onKeyUp={(event) => isTalkKey(event) && letGo()}
      onBlur={letGo}
    >
      {held ? w.holding : w.hold}
    </button>
  );
}

import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { Icon } from '@/components/Icon';
import { useVoice } from '@/hooks/useVoice';
import { useWords } from '@/lib/language';
import { words } from './words';

/** Says something by the keyboard: as good a way as the voice. Enter sends, Shift+Enter begins a line. */
export function Composer() {
  const w = useWords(words);
  const voice = useVoice();
  const [text, setText] = useState('');
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    const trimmed = text.trim();
    if (!trimmed) return;
    voice.say(trimmed);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter chooses a word.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) send(event);
  };
  return (
    <form className="composer" onSubmit={send}>
      <textarea
        className="input"
        rows={1}
        maxLength={8000}
        lang="en"
        aria-label={w.type}
        placeholder={w.type}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <button type="submit" className="button" disabled={!text.trim()}>
        <Icon name="send" />
        <span>{w.send}</span>
      </button>
    </form>
  );
}

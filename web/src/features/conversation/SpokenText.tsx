import { Fragment, useRef } from 'react';
import { useFrame } from '@/hooks/useFrame';
import { useVoice } from '@/hooks/useVoice';
import type { Reply } from '@/voice/conversation/ConversationState';
import { wordAt, wordsOf, wordTimes } from './wordTimes';

/** A reply whose words light up as they are heard. React draws the words; which one is lit is changed beside it, at each frame. */
export function SpokenText({ reply }: { readonly reply: Reply }) {
  const { clock, conversation } = useVoice();
  const text = useRef<HTMLSpanElement>(null);
  const times = useRef(new Float64Array(0) as Float64Array);
  const lit = useRef(-1);
  const track = conversation.visemes.of(reply.generation);
  // What the times were made of.
  const made = useRef<{ readonly reply: Reply; readonly items: number } | null>(null);

  useFrame((now) => {
    // The last frame may come when the words are gone already.
    if (!text.current) return;
    const items = track?.items.length ?? 0;
    if (made.current?.reply !== reply || made.current.items !== items) {
      times.current = wordTimes(reply, track);
      made.current = { reply, items };
    }
    const heard = clock.heard(now);
    const word = heard?.generation === reply.generation ? wordAt(times.current, heard.sample) : -1;
    const { children } = text.current;
    if (word !== lit.current || children[word]?.hasAttribute('data-lit') === false) {
      for (const child of children) child.removeAttribute('data-lit');
      children[word]?.setAttribute('data-lit', '');
      lit.current = word;
    }
  });

  return (
    <span ref={text}>
      {wordsOf(reply.text).map((word, i) => (
        // A word is where it is: the text only grows.
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={i}>
          <span>{word}</span>{' '}
        </Fragment>
      ))}
    </span>
  );
}

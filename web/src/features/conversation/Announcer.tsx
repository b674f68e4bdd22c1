import { useConnection } from '@/hooks/useConnection';
import { useConversation } from '@/hooks/useConversation';
import { useWords } from '@/lib/language';
import { useSettings } from '../settings/useSettings';
import { words } from './words';

/** The one place that speaks to screen readers: what happens, and whole sentences. Not the partial ones, and not what is heard anyway. */
export function Announcer() {
  const w = useWords(words);
  const { announce } = useSettings();
  const { state } = useConnection();
  const newest = useConversation(({ turns }) => turns.at(-1));
  const said = newest?.user?.final && !newest.user.typed && newest.user.text ? w.said(newest.user.text) : '';
  const reply = newest?.replies.at(-1);
  const answer = announce && reply && reply.state !== 'writing' ? reply.text : '';
  return (
    <output className="hidden-visually">
      {state === 'live' ? answer || said || w.connected : ''}
    </output>
  );
}

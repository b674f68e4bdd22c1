import { useConversation } from '@/hooks/useConversation';
import { useVoice } from '@/hooks/useVoice';
import { useWords } from '@/lib/language';
import { LineNotice } from './LineNotice';
import { MicrophoneNotice } from './MicrophoneNotice';
import { Notice } from './Notice';
import { SoundNotice } from './SoundNotice';
import { words } from './words';

/** What is not as it should be, and what to do about it. */
export function Notices() {
  return (
    <div className="notices">
      <LineNotice />
      <SoundNotice />
      <MicrophoneNotice />
      <ServerNotices />
    </div>
  );
}

function ServerNotices() {
  const w = useWords(words);
  const { conversation } = useVoice();
  const degraded = useConversation((state) => state.degraded);
  const problem = useConversation((state) => state.problem);
  return (
    <>
      {degraded.map(({ stage, from, to }) => (
        <Notice key={stage} tone="quiet">
          {to === 'text' ? w.voiceless : w.degraded(from, to)}
        </Notice>
      ))}
      {problem && (
        <Notice
          tone="warning"
          action={
            <button type="button" className="button small" onClick={() => conversation.set({ problem: null })}>
              {w.dismiss}
            </button>
          }
        >
          {w.problem} {problem.message}
        </Notice>
      )}
    </>
  );
}

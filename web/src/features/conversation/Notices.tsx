import { useConversation } from '@/hooks/useConversation';
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
        <Notice tone="warning">
          {w.problem} {problem.message}
        </Notice>
      )}
    </>
  );
}

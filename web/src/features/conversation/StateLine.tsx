import { useConnection } from '@/hooks/useConnection';
import { useConversation } from '@/hooks/useConversation';
import { useMicrophone } from '@/hooks/useMicrophone';
import { formatDuration } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import { useSettings } from '../settings/useSettings';
import { words } from './words';

/** Whose turn it is, in words, and how quickly the last one was answered. */
export function StateLine() {
  const w = useWords(words);
  const language = useLanguage();
  const phase = useConversation((state) => state.phase);
  const latencyMs = useConversation((state) => state.latencyMs);
  const muted = useMicrophone((state) => state.muted);
  const { pushToTalk } = useSettings();
  const isLive = useConnection().state === 'live';
  const isWaiting = phase === 'idle' || phase === 'listening';
  return (
    <p className="state" data-phase={isLive ? phase : undefined}>
      <strong>{!isLive ? w.offline : muted && !pushToTalk && isWaiting ? w.muted : w.phases[phase]}</strong>
      {latencyMs !== null && <span className="quiet">{w.answered(formatDuration(latencyMs, language))}</span>}
    </p>
  );
}

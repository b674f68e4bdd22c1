import { useConnection } from '@/hooks/useConnection';
import { Call } from './Call';
import { StartPanel } from './StartPanel';
import './conversation.css';

/** Where one talks: before the call, and in it. What was said stays to be read when it is over. */
export default function ConversationPage() {
  const { state } = useConnection();
  return state === 'idle' || state === 'ended' ? <StartPanel again={state === 'ended'} /> : <Call />;
}

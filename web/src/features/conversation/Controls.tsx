import { lazy, useState } from 'react';
import { Icon } from '@/components/Icon';
import { LevelMeter } from '@/components/LevelMeter';
import { Panel } from '@/components/Panel';
import { useConversation } from '@/hooks/useConversation';
import { useMicrophone } from '@/hooks/useMicrophone';
import { useReplaying } from '@/hooks/usePlayback';
import { useVoice } from '@/hooks/useVoice';
import { useWords } from '@/lib/language';
import { useSettings } from '../settings/useSettings';
import { TalkButton } from './TalkButton';
import { words } from './words';

const SettingsDialog = lazy(() => import('../settings/SettingsDialog'));

/** Mute or hold to talk, stop the tutor, end the call. */
export function Controls() {
  const w = useWords(words);
  const voice = useVoice();
  const { pushToTalk } = useSettings();
  const [showsSettings, setShowsSettings] = useState(false);
  const muted = useMicrophone((state) => state.muted);
  const hasMicrophone = useMicrophone((state) => state.status === 'on');
  const replaying = useReplaying() !== null;
  const isSpeaking = useConversation((state) => state.phase === 'speaking' || state.phase === 'paused' || state.phase === 'thinking');
  return (
    <div className="controls">
      <LevelMeter level={voice.microphone.level} label={w.meter} />
      <div className="controls-row">
        {pushToTalk ? (
          <TalkButton disabled={!hasMicrophone} />
        ) : (
          <button type="button" className="button" aria-pressed={muted} aria-keyshortcuts="M" disabled={!hasMicrophone} onClick={() => voice.microphone.mute(!muted)}>
            <Icon name={muted ? 'muted' : 'microphone'} />
            <span>{muted ? w.unmute : w.mute}</span>
          </button>
        )}
        <button type="button" className="button" title={w.stopTitle} aria-keyshortcuts="Escape" disabled={!isSpeaking && !replaying} onClick={() => voice.interrupt()}>
          <Icon name="stop" />
          <span>{w.stop}</span>
        </button>
        <button type="button" className="button quiet" onClick={() => setShowsSettings(true)}>
          <Icon name="settings" />
          <span>{w.settings}</span>
        </button>
        <button type="button" className="button danger" onClick={() => voice.end()}>
          <Icon name="end" />
          <span>{w.end}</span>
        </button>
      </div>
      {showsSettings && (
        <Panel name={w.settings} placeholder={null}>
          <SettingsDialog open onClose={() => setShowsSettings(false)} />
        </Panel>
      )}
    </div>
  );
}

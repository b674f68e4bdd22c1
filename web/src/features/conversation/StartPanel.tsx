import { lazy, useState } from 'react';
import { followWithin, paths } from '@/app/router';
import { Icon } from '@/components/Icon';
import { LevelMeter } from '@/components/LevelMeter';
import { Panel } from '@/components/Panel';
import { useConversation } from '@/hooks/useConversation';
import { useMicrophone } from '@/hooks/useMicrophone';
import { useVoice } from '@/hooks/useVoice';
import { useWords } from '@/lib/language';
import { ConsentSwitches } from '../settings/ConsentSwitches';
import { DevicePickers } from '../settings/DevicePickers';
import { ScenarioPicker } from '../settings/ScenarioPicker';
import { sessionConfigOf } from '../settings/settings';
import { useSettings } from '../settings/useSettings';
import { Notices } from './Notices';
import { Transcript } from './Transcript';
import { words } from './words';

const SettingsDialog = lazy(() => import('../settings/SettingsDialog'));

/** Before the call: what to talk about, and whether one will be heard. */
export function StartPanel({ again }: { readonly again: boolean }) {
  const w = useWords(words);
  const voice = useVoice();
  const settings = useSettings();
  const status = useMicrophone((state) => state.status);
  const hasTurns = useConversation((state) => state.turns.length > 0);
  const [starting, setStarting] = useState(false);
  const [showsSettings, setShowsSettings] = useState(false);
  const options = { deviceId: settings.inputId, noiseSuppression: settings.noiseSuppression };

  const start = async () => {
    setStarting(true);
    await voice.prepare(options);
    if (settings.outputId) await voice.engine.playOn(settings.outputId).catch(() => undefined);
    voice.start(sessionConfigOf(settings));
  };

  return (
    <div className="page start">
      <div className="start-intro">
        <h1>{w.title}</h1>
        <p className="quiet">{again ? w.ended : w.intro}</p>
        {again && (
          <a className="button" href={paths.progress} onClick={followWithin(paths.progress)}>
            {w.progress}
          </a>
        )}
      </div>
      <Notices />
      <section className="card start-card" aria-labelledby="start-about">
        <h2 id="start-about">{w.about}</h2>
        <div className="start-fields">
          <ScenarioPicker showsGoals />
        </div>
        <button type="button" className="button primary start-button" disabled={starting} onClick={() => void start()}>
          <Icon name="microphone" />
          {starting ? w.starting : w.start}
        </button>
        <p className="quiet start-mode">{settings.pushToTalk ? w.pushNote : w.handsFreeNote}</p>
      </section>
      <section className="card start-card" aria-labelledby="start-voice">
        <h2 id="start-voice">{w.yourVoice}</h2>
        {status === 'on' ? (
          <>
            <p>{w.testNote}</p>
            <LevelMeter level={voice.microphone.level} label={w.meter} />
            <div className="start-fields">
              <DevicePickers />
            </div>
          </>
        ) : (
          <button type="button" className="button" disabled={status === 'asking'} onClick={() => void voice.prepare(options)}>
            <Icon name="microphone" />
            {w.test}
          </button>
        )}
        <ConsentSwitches />
        <button type="button" className="button" onClick={() => setShowsSettings(true)}>
          <Icon name="settings" />
          {w.settings}
        </button>
        {showsSettings && (
          <Panel name={w.settings} placeholder={null}>
            <SettingsDialog open onClose={() => setShowsSettings(false)} />
          </Panel>
        )}
      </section>
      {hasTurns && (
        <section className="card start-history">
          <Transcript />
        </section>
      )}
    </div>
  );
}

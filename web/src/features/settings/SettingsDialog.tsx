import { lazy } from 'react';
import { useStore } from 'zustand';
import { Dialog } from '@/components/Dialog';
import { LevelMeter } from '@/components/LevelMeter';
import { Panel } from '@/components/Panel';
import { useVoice } from '@/hooks/useVoice';
import { identityStore } from '@/lib/identity';
import { useWords } from '@/lib/language';
import { patiences } from '@/voice/protocol/config';
import { ConsentSwitches } from './ConsentSwitches';
import { DevicePickers } from './DevicePickers';
import { ScenarioPicker } from './ScenarioPicker';
import { Switch } from './Switch';
import { useChangeSettings, useSettings } from './useSettings';
import { words } from './words';
import './settings.css';

const ModelPicker = lazy(() => import('../avatar/models/ModelPicker'));

const speeds = [50, 60, 70, 80, 90, 100];
const captionSizes = ['small', 'medium', 'large'] as const;

/** All that can be chosen. What is changed during a call holds from the next turn or reply on. */
export default function SettingsDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const w = useWords(words);
  const settings = useSettings();
  const change = useChangeSettings();
  const { microphone } = useVoice();
  const key = useStore(identityStore, (state) => state.key);
  return (
    <Dialog open={open} title={w.settings} onClose={onClose}>
      <fieldset>
        <legend>{w.talk}</legend>
        <ScenarioPicker />
        <label className="field">
          <span>{w.patience}</span>
          <select className="select" value={settings.patience} onChange={(event) => change({ patience: event.target.value })}>
            {patiences.map((name) => (
              <option key={name} value={name}>
                {w.patiences[name]}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{w.speed}</span>
          <select className="select" value={Math.round(settings.speed * 100)} onChange={(event) => change({ speed: Number(event.target.value) / 100 })}>
            {speeds.map((percent) => (
              <option key={percent} value={percent}>
                {w.speeds(percent)}
              </option>
            ))}
          </select>
        </label>
        <Switch checked={settings.pushToTalk} onChange={(pushToTalk) => change({ pushToTalk })}>
          {w.pushToTalk}
        </Switch>
        <Switch checked={settings.feedback} onChange={(feedback) => change({ feedback })}>
          {w.feedback}
        </Switch>
      </fieldset>
      <fieldset>
        <legend>{w.sound}</legend>
        <DevicePickers />
        <LevelMeter level={microphone.level} label={w.meter} />
        <Switch checked={settings.noiseSuppression} onChange={(noiseSuppression) => change({ noiseSuppression })}>
          {w.noise}
        </Switch>
      </fieldset>
      <fieldset>
        <legend>{w.reading}</legend>
        <Switch checked={settings.captions} onChange={(captions) => change({ captions })}>
          {w.captions}
        </Switch>
        <label className="field">
          <span>{w.captionSize}</span>
          <select className="select" value={settings.captionSize} onChange={(event) => change({ captionSize: event.target.value })}>
            {captionSizes.map((size) => (
              <option key={size} value={size}>
                {w.captionSizes[size]}
              </option>
            ))}
          </select>
        </label>
        <Switch checked={settings.shortcuts} onChange={(shortcuts) => change({ shortcuts })}>
          {w.shortcuts}
        </Switch>
        <Switch checked={settings.announce} onChange={(announce) => change({ announce })}>
          {w.announce}
        </Switch>
      </fieldset>
      <fieldset>
        <legend>{w.face}</legend>
        <Panel name={w.face}>
          <ModelPicker />
        </Panel>
      </fieldset>
      <fieldset>
        <legend>{w.privacy}</legend>
        <ConsentSwitches />
        <label className="field">
          <span>{w.key}</span>
          <input className="input" type="password" autoComplete="off" value={key} onChange={(event) => identityStore.setState({ key: event.target.value.trim() })} />
          <small className="quiet">{w.keyNote}</small>
        </label>
      </fieldset>
    </Dialog>
  );
}

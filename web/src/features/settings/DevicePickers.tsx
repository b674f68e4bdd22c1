import { useMicrophone } from '@/hooks/useMicrophone';
import { useWords } from '@/lib/language';
import type { Device } from '@/voice/audio/Microphone';
import { useChangeSettings, useSettings } from './useSettings';
import { words } from './words';

/** Which microphone and which speaker. Empty until the user has allowed a microphone: browsers tell no names before. */
export function DevicePickers() {
  const w = useWords(words);
  const settings = useSettings();
  const change = useChangeSettings();
  const inputs = useMicrophone((state) => state.inputs);
  const outputs = useMicrophone((state) => state.outputs);
  // Browsers that can't choose the speaker list none.
  const choosesOutput = outputs.length > 0 && 'setSinkId' in AudioContext.prototype;
  return (
    <>
      <Picker label={w.microphone} devices={inputs} value={settings.inputId} onChange={(inputId) => change({ inputId })} />
      {choosesOutput && <Picker label={w.speaker} devices={outputs} value={settings.outputId} onChange={(outputId) => change({ outputId })} />}
    </>
  );
}

interface PickerProps {
  readonly label: string;
  readonly devices: readonly Device[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

function Picker({ label, devices, value, onChange }: PickerProps) {
  const w = useWords(words);
  const isThere = devices.some((device) => device.id === value);
  return (
    <label className="field">
      <span>{label}</span>
      <select className="select" value={isThere ? value : ''} onChange={(event) => onChange(event.target.value)}>
        <option value="">{w.standard}</option>
        {devices
          .filter((device) => device.id !== 'default')
          .map((device, i) => (
            <option key={device.id} value={device.id}>
              {device.name || `${label} ${i + 1}`}
            </option>
          ))}
      </select>
    </label>
  );
}

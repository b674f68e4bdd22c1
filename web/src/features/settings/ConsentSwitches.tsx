import { useWords } from '@/lib/language';
import { Switch } from './Switch';
import { useChangeSettings, useSettings } from './useSettings';
import { words } from './words';

/** What may be done with the user's voice. Both are off until they are switched on. */
export function ConsentSwitches() {
  const w = useWords(words);
  const { record, cloudAudio } = useSettings();
  const change = useChangeSettings();
  return (
    <>
      <Switch checked={record} onChange={(checked) => change({ record: checked })} note={w.recordNote}>
        {w.record}
      </Switch>
      <Switch checked={cloudAudio} onChange={(checked) => change({ cloudAudio: checked })}>
        {w.cloud}
      </Switch>
    </>
  );
}

import { lazy } from 'react';
import { Panel } from '@/components/Panel';
import { useWords } from '@/lib/language';
import { useSettings } from '../settings/useSettings';
import { Announcer } from './Announcer';
import { Composer } from './Composer';
import { Controls } from './Controls';
import { Notices } from './Notices';
import { Reading } from './Reading';
import { StateLine } from './StateLine';
import { Suggestions } from './Suggestions';
import { Transcript } from './Transcript';
import { useShortcuts } from './useShortcuts';
import { words } from './words';

const Avatar = lazy(() => import('../avatar/Avatar'));
const ConfidenceStrip = lazy(() => import('../feedback/ConfidenceStrip'));

/** The call: whom one talks to on one side, what was said on the other. */
export function Call() {
  const w = useWords(words);
  const { captions, captionSize } = useSettings();
  useShortcuts();
  return (
    <div className="call" data-captions={captionSize}>
      <h1 className="hidden-visually">{w.title}</h1>
      <section className="stage">
        <div className="stage-face">
          <Panel name={w.avatar} placeholder={null}>
            <Avatar />
          </Panel>
        </div>
        <StateLine />
        <Controls />
      </section>
      <section className="talk">
        <Notices />
        {captions && <Transcript />}
        <Panel name={w.feedback} placeholder={null}>
          <ConfidenceStrip />
        </Panel>
        <Suggestions />
        <Composer />
        <Reading />
      </section>
      <Announcer />
    </div>
  );
}

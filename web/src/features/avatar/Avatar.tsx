import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { ErrorBoundary } from '@/components/ErrorBoundary';
import { useVoice } from '@/hooks/useVoice';
import { useWords } from '@/lib/language';
import type { VoiceClient } from '@/voice/VoiceClient';
import './avatar.css';
import { FlatFace } from './flat/FlatFace';
import { chooseRung, hasWebGL2 } from './rung';
import type { SpeechSource } from './types';
import { useCues } from './useCues';
import { useReducedMotion } from './useReducedMotion';
import { words } from './words';

const Stage = lazy(() => import('./stage/StageHost'));

/**
 * The face that speaks. It takes what it shows from the call: put it anywhere, once. It fills its place. Where the head cannot be shown a drawn
 * face takes over, and where it is not wanted nothing does.
 */
export default function Avatar() {
  const w = useWords(words);
  const voice = useVoice();
  const speech = useMemo(() => speechOf(voice), [voice]);
  const cues = useCues();
  const reducedMotion = useReducedMotion();
  const wanted = useMemo(() => chooseRung(window.location.search, reducedMotion, hasWebGL2), [reducedMotion]);
  const [lost, setLost] = useState(false);
  const lose = useCallback(() => setLost(true), []);
  const rung = lost ? 'flat' : wanted;
  // So that who runs the server can see what faces its users get.
  useEffect(() => {
    if (voice.isActive) voice.connection.send({ type: 'event', name: 'face', labels: { rung } });
  }, [voice, rung]);
  if (rung === 'off') return null;

  const flat = <FlatFace speech={speech} />;
  return (
    <div className="avatar" data-rung={rung}>
      <span className="hidden-visually">{w.label[cues.phase]}</span>
      {rung === 'flat' ? (
        flat
      ) : (
        <ErrorBoundary fallback={() => flat} onError={lose}>
          <Suspense fallback={null}>
            <Stage speech={speech} cues={cues} onLost={lose} />
          </Suspense>
        </ErrorBoundary>
      )}
    </div>
  );
}

function speechOf({ clock, conversation }: VoiceClient): SpeechSource {
  return { heard: (now) => clock.heard(now), track: (generation) => conversation.visemes.of(generation) };
}

import { useEffect, useRef } from 'react';
import { MouthFollower } from '../face/MouthFollower';
import { advance, createTick } from '../life/Tick';
import { createMouthPose, restMouth } from '../speech/blendMouth';
import type { SpeechSource } from '../types';
import { mouthPath } from './mouthPath';

const SPEAKING_MS = 33;
const SILENT_MS = 120;
const rest = createMouthPose();
restMouth(rest);

/** A drawn face whose mouth alone moves: for browsers without WebGL, and for people who want no motion beyond what is said. */
export function FlatFace({ speech }: { readonly speech: SpeechSource }) {
  const mouth = useRef<SVGPathElement>(null);

  useEffect(() => {
    const follower = new MouthFollower(speech);
    const tick = createTick();
    let timer = 0;
    const draw = (): void => {
      const spoke = follower.isSpeaking;
      advance(tick, performance.now());
      follower.update(tick);
      if (spoke || follower.isSpeaking) mouth.current?.setAttribute('d', mouthPath(follower.pose));
      timer = window.setTimeout(draw, follower.isSpeaking ? SPEAKING_MS : SILENT_MS);
    };
    draw();
    return () => window.clearTimeout(timer);
  }, [speech]);

  return (
    <svg className="avatar-flat" viewBox="0 0 100 100" aria-hidden="true">
      <path d="M18 100C18 88 34 86 50 86s32 2 32 14z" fill="#4f7f8a" />
      <path d="M14 62C8 20 28 6 50 6s42 14 36 56c-2 14-6 20-14 20H28c-8 0-12-6-14-20z" fill="#5d3826" />
      <path d="M22 46c0-18 12-26 28-26s28 8 28 26c0 26-14 44-28 44S22 72 22 46z" fill="#f4c8aa" />
      <path d="M20 44c2-20 14-26 28-27 16-1 28 6 32 25-12-2-22-6-28-12-8 8-20 12-32 14z" fill="#5d3826" />
      <g fill="#2b1712">
        <circle cx="38" cy="51" r="4.2" />
        <circle cx="62" cy="51" r="4.2" />
      </g>
      <g fill="#fff">
        <circle cx="36.6" cy="49.4" r="1.4" />
        <circle cx="60.6" cy="49.4" r="1.4" />
      </g>
      <g fill="none" stroke="#68402d" strokeWidth="1.8" strokeLinecap="round">
        <path d="M32 43q6-3.4 11-.6" />
        <path d="M57 42.4q5-2.8 11 .6" />
      </g>
      <path d="M48.5 60q1.8 1.6 3.4 0" fill="none" stroke="#d08b6d" strokeWidth="1.4" strokeLinecap="round" />
      <path ref={mouth} d={mouthPath(rest)} fill="#7d2a30" stroke="#cd7069" strokeWidth="2" strokeLinejoin="round" />
    </svg>
  );
}

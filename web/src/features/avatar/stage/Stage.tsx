import { Canvas } from '@react-three/fiber';
import { useEffect, useMemo, useState } from 'react';
import { NoToneMapping } from 'three';
import { Head } from '../head/Head';
import { useUserModel } from '../models/useUserModel';
import type { FaceCues, SpeechSource } from '../types';
import { DISTANCE } from './FaceActor';
import { FaceScene } from './FaceScene';

export interface StageProps {
  readonly speech: SpeechSource;
  readonly cues: FaceCues;
  /** Whether it is on the page. */
  readonly shown: boolean;
  /** The browser has taken the graphics away, or they failed. */
  readonly onLost: () => void;
}

const camera = { fov: 26, position: [0, -0.12, DISTANCE] as [number, number, number], near: 0.5, far: 20 };
const renderer = { alpha: true, antialias: true, powerPreference: 'low-power', toneMapping: NoToneMapping } as const;

/** The canvas with the head in it. */
export function Stage({ speech, cues, shown, onLost }: StageProps) {
  const builtIn = useMemo(() => new Head(), []);
  const model = useUserModel() ?? builtIn;
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null);

  useEffect(() => {
    canvas?.addEventListener('webglcontextlost', onLost);
    return () => canvas?.removeEventListener('webglcontextlost', onLost);
  }, [canvas, onLost]);

  return (
    <Canvas frameloop="demand" dpr={[1, 2]} camera={camera} gl={renderer} onCreated={({ gl }) => setCanvas(gl.domElement)} aria-hidden="true">
      <hemisphereLight args={['#fffaf4', '#c39a86', 1.2]} />
      <directionalLight args={['#fff1e2', 2.1]} position={[1.4, 1.8, 2.6]} />
      <directionalLight args={['#dfe9ff', 0.55]} position={[-2.2, 0.2, 2]} />
      <directionalLight args={['#cfe3ff', 1.3]} position={[-1.6, 1.6, -2.2]} />
      <FaceScene speech={speech} cues={cues} model={model} shown={shown} />
    </Canvas>
  );
}

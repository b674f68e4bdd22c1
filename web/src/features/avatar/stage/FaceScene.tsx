import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useState } from 'react';
import type { FaceCues, SpeechSource } from '../types';
import { FaceActor } from './FaceActor';
import type { FaceModel } from './FaceModel';

interface Props {
  readonly speech: SpeechSource;
  readonly cues: FaceCues;
  readonly model: FaceModel;
  readonly shown: boolean;
}

/** Moves a model by what is heard. React draws it once; every frame after that is typed arrays. */
export function FaceScene({ speech, cues, model, shown }: Props) {
  const invalidate = useThree((state) => state.invalidate);
  const canvas = useThree((state) => state.gl.domElement);
  const [actor] = useState(() => new FaceActor(speech, Math.random, () => invalidate()));

  useEffect(() => actor.follow(speech), [actor, speech]);
  useEffect(() => actor.wear(model), [actor, model]);
  useEffect(() => actor.tell(cues), [actor, cues]);
  useEffect(() => (shown ? actor.start(canvas) : undefined), [actor, canvas, shown]);
  useFrame(({ gl, camera, size }) => actor.frame(gl, camera, size.width / size.height));

  return <primitive object={model.object} />;
}

import { Mesh } from 'three';
import { expect, test } from 'vitest';
import { createFaceState } from '../face/FaceState';
import type { FaceModel } from '../stage/FaceModel';
import { visemeIndex, type Viseme } from '../speech/visemes';
import { loadUserModel } from './loadUserModel';
import { sampleGlb, sampleVrm } from './testing/sampleHeads';

/** What the face's targets are at while a sound is said. */
function influencesAt(model: FaceModel, viseme: Viseme): number[] | undefined {
  const state = createFaceState();
  state.visemes[visemeIndex(viseme)] = 1;
  model.show(state);
  let influences: number[] | undefined;
  model.object.traverse((object) => {
    if (object instanceof Mesh) influences = object.morphTargetInfluences;
  });
  return influences;
}

test('a GLB with standard names: it speaks', async () => {
  const model = await loadUserModel(new Blob([sampleGlb(['viseme_aa', 'viseme_PP', 'viseme_FF', 'viseme_O', 'viseme_U', 'viseme_E'])]));
  expect(influencesAt(model, 'pp')).toEqual([0, 1, 0, 0, 0, 0]);
  model.dispose();
});

test('a VRM 1.0: its expressions speak', async () => {
  const model = await loadUserModel(new Blob([sampleVrm(['aa', 'ih', 'ou', 'ee', 'oh'])]));
  expect(influencesAt(model, 'oh')).toEqual([0, 0, 0, 0, 1]);
  expect(influencesAt(model, 'kk')).toEqual([0.25, 0, 0, 0, 0]);
  model.dispose();
});

test('a GLB without a mouth, and no GLB at all: refused', async () => {
  await expect(loadUserModel(new Blob([sampleGlb(['smirk'])]))).rejects.toThrow(/no mouth shapes/);
  await expect(loadUserModel(new Blob(['not a model']))).rejects.toThrow();
});

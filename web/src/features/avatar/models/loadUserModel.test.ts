import { Mesh } from 'three';
import { expect, test } from 'vitest';
import { createFaceState } from '../face/FaceState';
import { visemeIndex } from '../speech/visemes';
import { loadUserModel } from './loadUserModel';

/** The smallest GLB that is a head: one triangle, with a morph target for each name. */
function glb(targets: readonly string[]): Blob {
  const bin = new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0]);
  const json = {
    asset: { version: '2.0' },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 }, targets: targets.map(() => ({ POSITION: 0 })) }], extras: { targetNames: targets } }],
    accessors: [{ bufferView: 0, componentType: 5126, count: 3, type: 'VEC3', min: [0, 0, 0], max: [1, 1, 0] }],
    bufferViews: [{ buffer: 0, byteLength: bin.byteLength }],
    buffers: [{ byteLength: bin.byteLength }],
  };
  const text = new TextEncoder().encode(JSON.stringify(json));
  const padded = new Uint8Array(Math.ceil(text.length / 4) * 4).fill(0x20);
  padded.set(text);
  const header = new Uint32Array([0x46546c67, 2, 12 + 8 + padded.length + 8 + bin.byteLength, padded.length, 0x4e4f534a]);
  return new Blob([header, padded, new Uint32Array([bin.byteLength, 0x004e4942]), bin]);
}

test('a GLB with standard names: it speaks', async () => {
  const model = await loadUserModel(glb(['viseme_aa', 'viseme_PP', 'viseme_FF', 'viseme_O', 'viseme_U', 'viseme_E']));
  const state = createFaceState();
  state.visemes[visemeIndex('pp')] = 1;
  model.show(state);
  let influences: number[] | undefined;
  model.object.traverse((object) => {
    if (object instanceof Mesh) influences = object.morphTargetInfluences;
  });
  expect(influences).toEqual([0, 1, 0, 0, 0, 0]);
  model.dispose();
});

test('a GLB without a mouth, and no GLB at all: refused', async () => {
  await expect(loadUserModel(glb(['smirk']))).rejects.toThrow(/no mouth shapes/);
  await expect(loadUserModel(new Blob(['not a model']))).rejects.toThrow();
});

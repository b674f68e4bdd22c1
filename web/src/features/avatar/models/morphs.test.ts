import { BoxGeometry, BufferAttribute, Group, Mesh } from 'three';
import { expect, test } from 'vitest';
import { AT } from '../face/arkit';
import { createFaceState } from '../face/FaceState';
import { visemeIndex } from '../speech/visemes';
import { applyMorphs, bindMorphs, haveJaw, haveVisemes } from './morphs';

function meshWith(...names: string[]): Mesh {
  const geometry = new BoxGeometry();
  geometry.morphAttributes['position'] = names.map((name) => Object.assign(new BufferAttribute(new Float32Array(72), 3), { name }));
  return new Mesh(geometry);
}

test('bindMorphs: targets are found by their names, however they are spelled', () => {
  const mesh = meshWith('other', 'viseme_aa', 'eyeBlink_L', 'JawOpen');
  const bindings = bindMorphs(new Group().add(mesh));
  const state = createFaceState();
  state.visemes[visemeIndex('aa')] = 0.5;
  state.arkit[AT.eyeBlinkLeft] = 0.25;
  state.arkit[AT.jawOpen] = 0.75;
  applyMorphs(bindings, state, true);
  expect(mesh.morphTargetInfluences).toEqual([0, 0.5, 0.25, 0.75]);
});

test('applyMorphs: a model with visemes has its jaw from them', () => {
  const mesh = meshWith('viseme_aa', 'jawOpen');
  const state = createFaceState();
  state.arkit[AT.jawOpen] = 1;
  applyMorphs(bindMorphs(mesh), state, false);
  expect(mesh.morphTargetInfluences).toEqual([0, 0]);
});

test('a model without standard names: neither visemes nor a jaw', () => {
  const bindings = bindMorphs(meshWith('smirk', 'wink'));
  expect(bindings).toHaveLength(0);
  expect(haveVisemes(bindings)).toBe(false);
  expect(haveJaw(bindings)).toBe(false);
});

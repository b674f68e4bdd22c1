import { BoxGeometry, BufferAttribute, Group, Mesh, Object3D, Vector3 } from 'three';
import { expect, test } from 'vitest';
import { createFaceState } from '../face/FaceState';
import { visemeIndex } from '../speech/visemes';
import { UserModel } from './UserModel';

const visemes = ['viseme_aa', 'viseme_PP', 'viseme_FF', 'viseme_O', 'viseme_U', 'viseme_E'];

/** A figure of two metres whose head bone is at 1.6, with a face of these targets. */
function figure(names: readonly string[]): { scene: Group; face: Mesh; head: Object3D } {
  const geometry = new BoxGeometry(0.5, 2, 0.5).translate(0, 1, 0);
  geometry.morphAttributes['position'] = names.map((name) => Object.assign(new BufferAttribute(new Float32Array(72), 3), { name }));
  const face = new Mesh(geometry);
  const head = Object.assign(new Object3D(), { name: 'Head' });
  head.position.y = 1.6;
  return { scene: new Group().add(face, head), face, head };
}

test('a head with standard names: it speaks, and its bone turns', () => {
  const { scene, face, head } = figure(visemes);
  const model = new UserModel(scene, undefined);
  const state = createFaceState();
  state.visemes[visemeIndex('oh')] = 0.7;
  state.headYaw = 0.2;
  model.show(state);
  expect(face.morphTargetInfluences?.[3]).toBeCloseTo(0.7, 5);
  expect(head.rotation.y).toBe(0.2);
});

test('a whole figure: its head is where the camera looks, as large as the built-in one', () => {
  const { scene, head } = figure(visemes);
  const model = new UserModel(scene, undefined);
  model.object.updateMatrixWorld(true);
  const crown = new Vector3(0, 2, 0).applyMatrix4(scene.matrixWorld);
  const neck = head.getWorldPosition(new Vector3());
  expect(crown.y).toBeCloseTo(1, 5);
  expect(crown.y - neck.y).toBeCloseTo(1.75, 5);
});

test('a head that cannot speak: it is refused in words', () => {
  expect(() => new UserModel(figure(['smirk']).scene, undefined)).toThrow(/no mouth shapes/);
});

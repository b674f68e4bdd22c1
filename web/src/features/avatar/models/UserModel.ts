import type { VRM } from '@pixiv/three-vrm';
import { Box3, Group, Mesh, Texture, Vector3, type Material, type Object3D } from 'three';
import type { FaceState } from '../face/FaceState';
import type { FaceModel } from '../stage/FaceModel';
import { applyMorphs, bindMorphs, haveJaw, haveVisemes, type MorphBinding } from './morphs';
import { applyVrm, hasVrmMouth } from './vrmMouth';

/** As tall as the built-in head, and with its crown as high. */
const HEAD_HEIGHT = 1.75;
const CROWN = 1;

/** A head that the user brought, moved by the names that modellers agree on. */
export class UserModel implements FaceModel {
  readonly object = new Group();
  readonly #scene: Object3D;
  readonly #vrm: VRM | undefined;
  readonly #bindings: readonly MorphBinding[];
  readonly #hasVisemes: boolean;
  readonly #head: Object3D | undefined;
  readonly #eyes: readonly Object3D[];

  /** @throws Error where it has no mouth that could speak; the message is for the user. */
  constructor(scene: Object3D, vrm: VRM | undefined) {
    this.#scene = scene;
    this.#vrm = vrm;
    this.#bindings = bindMorphs(scene);
    this.#hasVisemes = haveVisemes(this.#bindings);
    const speaks = this.#hasVisemes || haveJaw(this.#bindings) || (vrm?.expressionManager && hasVrmMouth(vrm.expressionManager));
    if (!speaks) throw new Error('It has no mouth shapes (viseme_*, jawOpen, or the expressions of VRM).');
    this.#head = vrm?.humanoid.getNormalizedBoneNode('head') ?? find(scene, /(^|[^a-z])head$/i);
    this.#eyes = [find(scene, /left_?eye$|eye_?l(eft)?$/i), find(scene, /right_?eye$|eye_?r(ight)?$/i)].filter((eye) => eye !== undefined);
    this.object.add(scene);
    this.#frame();
  }

  show(state: FaceState): void {
    applyMorphs(this.#bindings, state, !this.#hasVisemes);
    this.#head?.rotation.set(-state.headPitch, state.headYaw, state.headRoll);
    for (const eye of this.#eyes) eye.rotation.set(-state.eyePitch, state.eyeYaw, 0);
    if (this.#vrm?.expressionManager) applyVrm(this.#vrm.expressionManager, state);
    this.#vrm?.update(1 / 60);
  }

  dispose(): void {
    this.#scene.traverse((object) => {
      if (!(object instanceof Mesh)) return;
      object.geometry.dispose();
      for (const material of [object.material].flat() as Material[]) {
        for (const value of Object.values(material)) if (value instanceof Texture) value.dispose();
        material.dispose();
      }
    });
  }

  /** Brings the head to where the camera looks. */
  #frame(): void {
    const box = new Box3().setFromObject(this.#scene);
    const neck = this.#head?.getWorldPosition(new Vector3()) ?? box.getCenter(new Vector3()).setY(box.min.y);
    const scale = HEAD_HEIGHT / Math.max(0.01, box.max.y - neck.y);
    this.object.scale.setScalar(scale);
    this.object.position.set(-neck.x * scale, CROWN - box.max.y * scale, -neck.z * scale);
  }
}

function find(root: Object3D, name: RegExp): Object3D | undefined {
  let found: Object3D | undefined;
  root.traverse((object) => {
    if (found === undefined && !(object instanceof Mesh) && name.test(object.name)) found = object;
  });
  return found;
}

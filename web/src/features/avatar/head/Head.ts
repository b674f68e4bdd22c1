import { Group, Mesh, type Object3D } from 'three';
import { AT } from '../face/arkit';
import type { FaceState } from '../face/FaceState';
import { VISEMES } from '../speech/visemes';
import type { FaceModel } from '../stage/FaceModel';
import { buildEye, buildGlints, eyeParts, type Eye } from './eyes';
import { buildHair } from './hair';
import { createMaterials } from './materials';
import { JAW_DROP } from './movements';
import { BROW, browGeometry, buildBody, TEETH, teethGeometry, tongueGeometry } from './parts';
import { SHAPES } from './shapes';
import { buildSkin } from './skin';

/** The neck, around which the head turns. */
const PIVOT = -0.78;
const LIDS = { upperOpen: -0.5, upperWide: -0.72, upperShut: 0.34, lowerOpen: 0.56, lowerShut: 0.3 } as const;
const VISEME = Object.fromEntries(VISEMES.map((name, i) => [name, i])) as Record<(typeof VISEMES)[number], number>;

/** The head that is built here: nothing to download, no licence to carry. */
export class Head implements FaceModel {
  readonly object = new Group();
  readonly #head = new Group();
  readonly #body = new Group();
  readonly #skin: Mesh;
  readonly #eyes: readonly Eye[];
  readonly #glints = buildGlints();
  readonly #brows: readonly Mesh[];
  readonly #lowerTeeth: Mesh;
  readonly #tongue: Mesh;

  constructor() {
    const materials = createMaterials();
    const parts = eyeParts();
    this.#skin = buildSkin(materials.skin);
    this.#eyes = ([-1, 1] as const).map((side) => buildEye(side, parts, materials.eye, materials.lid));
    this.#brows = ([-1, 1] as const).map((side) => new Mesh(browGeometry(side), materials.hair));
    this.#lowerTeeth = new Mesh(teethGeometry(false), materials.gloss);
    this.#tongue = new Mesh(tongueGeometry(), materials.gloss);
    const upperTeeth = new Mesh(teethGeometry(true), materials.gloss);
    upperTeeth.position.set(0, TEETH.y, TEETH.z);

    const inner = new Group();
    inner.position.y = -PIVOT;
    inner.add(this.#skin, ...this.#eyes.map((eye) => eye.group), this.#glints, ...this.#brows, upperTeeth, this.#lowerTeeth, this.#tongue, buildHair(materials.hair));
    this.#head.position.y = PIVOT;
    this.#head.add(inner);
    this.#body.add(...buildBody(materials.lid, materials.cloth));
    this.object.add(this.#body, this.#head);
    for (const object of this.#all()) object.frustumCulled = false;
  }

  show(state: FaceState): void {
    this.#showSkin(state);
    this.#showMouth(state);
    this.#showEyes(state);
    this.#showBrows(state);
    this.#head.rotation.set(-state.headPitch, state.headYaw, state.headRoll);
    this.#head.position.y = PIVOT + state.breath * 0.006;
    this.#body.position.y = state.breath * 0.01;
  }

  dispose(): void {
    for (const mesh of this.#all()) {
      mesh.geometry.dispose();
      for (const material of [mesh.material].flat()) material.dispose();
    }
  }

  #all(): Mesh[] {
    const meshes: Mesh[] = [];
    this.object.traverse((object: Object3D) => {
      if (object instanceof Mesh) meshes.push(object);
    });
    return meshes;
  }

  #showSkin({ visemes, arkit }: FaceState): void {
    const influences = this.#skin.morphTargetInfluences!;
    for (let i = 0; i < SHAPES.length; i++) {
      const { viseme, arkit: name } = SHAPES[i]!;
      influences[i] = viseme !== undefined ? visemes[viseme]! : arkit[AT[name!]]!;
    }
  }

  #showMouth({ visemes, arkit }: FaceState): void {
    const jaw = arkit[AT.jawOpen]!;
    this.#lowerTeeth.position.set(0, TEETH.lowerY - jaw * JAW_DROP * 0.95, TEETH.z - 0.02 - jaw * 0.08);
    // The tongue goes out between the teeth for th, up behind them for d and n, back for k.
    const out = visemes[VISEME.th]!;
    const up = visemes[VISEME.dd]! + visemes[VISEME.nn]! + 0.6 * visemes[VISEME.ss]!;
    const back = visemes[VISEME.kk]! + 0.5 * visemes[VISEME.rr]!;
    this.#tongue.position.set(0, TEETH.lowerY + 0.015 - jaw * JAW_DROP * 0.8 + up * 0.06 + out * 0.055, TEETH.z - 0.16 + out * 0.13 - back * 0.06);
    this.#tongue.rotation.x = -0.3 * up + 0.15 * jaw + 0.1 * out;
  }

  #showEyes({ arkit, eyeYaw, eyePitch }: FaceState): void {
    this.#glints.visible = arkit[AT.eyeBlinkLeft]! < 0.45;
    for (let i = 0; i < 2; i++) {
      const { ball, upperLid, lowerLid } = this.#eyes[i]!;
      // The first eye is the viewer's left, which is the person's right.
      const blink = arkit[i === 0 ? AT.eyeBlinkRight : AT.eyeBlinkLeft]!;
      const wide = arkit[i === 0 ? AT.eyeWideRight : AT.eyeWideLeft]!;
      const squint = arkit[i === 0 ? AT.eyeSquintRight : AT.eyeSquintLeft]! + 0.35 * arkit[i === 0 ? AT.cheekSquintRight : AT.cheekSquintLeft]!;
      ball.rotation.set(-eyePitch, eyeYaw, 0);
      const open = LIDS.upperOpen + (LIDS.upperWide - LIDS.upperOpen) * wide + 0.07 * squint - 0.5 * Math.max(0, eyePitch);
      upperLid.rotation.x = open + (LIDS.upperShut - open) * Math.min(1, blink);
      const under = LIDS.lowerOpen - 0.3 * Math.min(1, squint);
      lowerLid.rotation.x = under + (LIDS.lowerShut - under) * Math.min(1, blink);
    }
  }

  #showBrows({ arkit }: FaceState): void {
    for (let i = 0; i < 2; i++) {
      const side = i === 0 ? -1 : 1;
      const outer = arkit[i === 0 ? AT.browOuterUpRight : AT.browOuterUpLeft]!;
      const down = arkit[i === 0 ? AT.browDownRight : AT.browDownLeft]!;
      const inner = arkit[AT.browInnerUp]!;
      const brow = this.#brows[i]!;
      brow.position.set(side * 0.315, BROW.y + 0.055 * (outer + inner) - 0.05 * down, BROW.z - 0.012 * (outer + inner));
      brow.rotation.z = side * (-0.07 + 0.16 * (outer - inner) + 0.14 * down);
    }
  }
}

import { Mesh, type Object3D } from 'three';
import { ARKIT, AT } from '../face/arkit';
import type { FaceState } from '../face/FaceState';
import { VISEME_MORPHS } from '../speech/visemes';

/** Pairs of indices: `targets[i]` of a mesh takes the weight at `sources[i]` of the face. */
interface Pairs {
  readonly targets: Int16Array;
  readonly sources: Int16Array;
}

/** The morph targets of one mesh that have standard names. */
export interface MorphBinding {
  readonly influences: number[];
  readonly visemes: Pairs;
  readonly arkit: Pairs;
}

/** Finds the targets with standard names (`viseme_*`, ARKit) once, so that frames only copy numbers. */
export function bindMorphs(root: Object3D): MorphBinding[] {
  const bindings: MorphBinding[] = [];
  root.traverse((object) => {
    if (!(object instanceof Mesh) || !object.morphTargetInfluences || !object.morphTargetDictionary) return;
    const dictionary = new Map(Object.entries(object.morphTargetDictionary).map(([name, index]) => [plain(name), index]));
    const binding = { influences: object.morphTargetInfluences, visemes: pair(VISEME_MORPHS, dictionary), arkit: pair(ARKIT, dictionary) };
    if (binding.visemes.sources.length + binding.arkit.sources.length > 0) bindings.push(binding);
  });
  return bindings;
}

/** Whether these have the mouth shapes of speech; a few alone are none. */
export function haveVisemes(bindings: readonly MorphBinding[]): boolean {
  return bindings.some(({ visemes }) => visemes.sources.length > 5);
}

/** Whether these have at least a jaw. */
export function haveJaw(bindings: readonly MorphBinding[]): boolean {
  return bindings.some(({ arkit }) => arkit.sources.includes(AT.jawOpen));
}

/** @param jaw whether the jaw says what is said; standard visemes open it themselves. */
export function applyMorphs(bindings: readonly MorphBinding[], state: FaceState, jaw: boolean): void {
  for (const { influences, visemes, arkit } of bindings) {
    for (let i = 0; i < visemes.sources.length; i++) influences[visemes.targets[i]!] = state.visemes[visemes.sources[i]!]!;
    for (let i = 0; i < arkit.sources.length; i++) {
      const source = arkit.sources[i]!;
      const isJaw = source === AT.jawOpen || source === AT.mouthClose;
      influences[arkit.targets[i]!] = isJaw && !jaw ? 0 : state.arkit[source]!;
    }
  }
}

function pair(names: readonly string[], dictionary: ReadonlyMap<string, number>): Pairs {
  const found = names.flatMap((name, source) => {
    const target = dictionary.get(plain(name));
    return target === undefined ? [] : [{ target, source }];
  });
  return { targets: Int16Array.from(found, (f) => f.target), sources: Int16Array.from(found, (f) => f.source) };
}

/** Tools disagree on case, underscores, and `_L` for `Left`. */
function plain(name: string): string {
  return name.replace(/_L$/, 'Left').replace(/_R$/, 'Right').replaceAll(/[_\s.]/g, '').toLowerCase();
}

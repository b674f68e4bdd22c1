import type { Object3D } from 'three';
import type { FaceState } from '../face/FaceState';

/** What can show a face: the head that is built here, or one that the user brought. Its face is within a unit of the origin and looks along z. */
export interface FaceModel {
  readonly object: Object3D;
  /** Called once a frame: it must not allocate. */
  show(state: FaceState): void;
  dispose(): void;
}

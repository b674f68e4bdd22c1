import type { VRM } from '@pixiv/three-vrm';
import type { FaceModel } from '../stage/FaceModel';
import { largestModel } from './modelStore';

/** Reads a GLB or VRM file. @throws Error where it is none, or no head; the message is for the user. */
export async function loadUserModel(file: Blob): Promise<FaceModel> {
  if (file.size > largestModel) throw new Error('It is larger than 64 MB.');
  const [{ GLTFLoader }, { VRMLoaderPlugin, VRMUtils }, { UserModel }] = await Promise.all([
    import('three/examples/jsm/loaders/GLTFLoader.js'),
    import('@pixiv/three-vrm'),
    import('./UserModel'),
  ]);
  const loader = new GLTFLoader().register((parser) => new VRMLoaderPlugin(parser));
  const gltf = await loader.parseAsync(await file.arrayBuffer(), '');
  const vrm = gltf.userData['vrm'] as VRM | undefined;
  if (vrm) VRMUtils.rotateVRM0(vrm);
  return new UserModel(gltf.scene, vrm);
}

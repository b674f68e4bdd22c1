/** A face with a mouth before it, two rectangles. The first four corners are the face's. */
const corners = [-1, 0, 0, 1, 0, 0, 1, 2, 0, -1, 2, 0, -0.4, 0.6, 0.1, 0.4, 0.6, 0.1, 0.4, 0.7, 0.1, -0.4, 0.7, 0.1];
const colours = [...Array.from({ length: 4 }, () => [0.9, 0.75, 0.65]), ...Array.from({ length: 4 }, () => [0.4, 0, 0.05])].flat();
/** Opened, the mouth's lower lip falls and its upper one rises. */
const opened = corners.map((_, i) => (i < 12 || i % 3 !== 1 ? 0 : i < 18 ? -0.4 : 0.3));
const triangles = [0, 1, 2, 0, 2, 3, 4, 5, 6, 4, 6, 7];

/** Bones that VRM 1.0 asks for. */
const limbs = ['leftUpperLeg leftLowerLeg leftFoot', 'rightUpperLeg rightLowerLeg rightFoot', 'leftUpperArm leftLowerArm leftHand', 'rightUpperArm rightLowerArm rightHand'];
const bones = ['hips', 'spine', 'head', ...limbs.flatMap((limb) => limb.split(' '))];

/** What glTF calls them: https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html#accessors and #glb-file-format-specification. */
const [float, unsignedShort] = [5126, 5123];
const [magic, version, jsonChunk, binaryChunk] = [0x46546c67, 2, 0x4e4f534a, 0x004e4942];

/** The smallest GLB that is a head: each of its morph targets opens the mouth. */
export function sampleGlb(targets: readonly string[]): Uint8Array<ArrayBuffer> {
  return glb(targets, {});
}

/** The smallest VRM 1.0: a humanoid whose expressions open the mouth. */
export function sampleVrm(expressions: readonly string[]): Uint8Array<ArrayBuffer> {
  const bind = (index: number) => ({ morphTargetBinds: [{ node: 0, index, weight: 1 }] });
  return glb(
    expressions.map((name) => `shape of ${name}`),
    {
      specVersion: '1.0',
      meta: { name: 'Sample', authors: ['the tests'], licenseUrl: 'https://vrm.dev/licenses/1.0/' },
      humanoid: { humanBones: Object.fromEntries(bones.map((name, i) => [name, { node: 1 + i }])) },
      expressions: { preset: Object.fromEntries(expressions.map((name, i) => [name, bind(i)])) },
    },
  );
}

function glb(targets: readonly string[], vrm: object): Uint8Array<ArrayBuffer> {
  const isVrm = 'specVersion' in vrm;
  const parts = [Float32Array.from(corners), Float32Array.from(colours), Float32Array.from(opened), Uint16Array.from(triangles)];
  let end = 0;
  const bufferViews = parts.map(({ byteLength }) => ({ buffer: 0, byteOffset: (end += byteLength) - byteLength, byteLength }));
  const vectors = (bufferView: number) => ({ bufferView, componentType: float, count: 8, type: 'VEC3' });
  const json = {
    asset: { version: '2.0' },
    scene: 0,
    scenes: [{ nodes: isVrm ? [0, 1] : [0] }],
    nodes: [{ mesh: 0, name: 'Face' }, ...(isVrm ? bones.map((name, i) => ({ name, translation: [0, i === 0 ? 0 : 0.1, 0], ...(i === 0 && { children: bones.slice(1).map((_, j) => 2 + j) }) })) : [])],
    meshes: [
      {
        primitives: [{ attributes: { POSITION: 0, COLOR_0: 1 }, indices: 3, targets: targets.map(() => ({ POSITION: 2 })) }],
        extras: { targetNames: targets },
      },
    ],
    accessors: [
      { ...vectors(0), min: [-1, 0, 0], max: [1, 2, 0.1] },
      vectors(1),
      { ...vectors(2), min: [0, -0.4, 0], max: [0, 0.3, 0] },
      { bufferView: 3, componentType: unsignedShort, count: triangles.length, type: 'SCALAR' },
    ],
    bufferViews,
    buffers: [{ byteLength: end }],
    ...(isVrm && { extensionsUsed: ['VRMC_vrm'], extensions: { VRMC_vrm: vrm } }),
  };
  const text = new TextEncoder().encode(JSON.stringify(json));
  const padded = new Uint8Array(Math.ceil(text.length / 4) * 4).fill(0x20);
  padded.set(text);
  const pieces = [new Uint32Array([magic, version, 12 + 8 + padded.length + 8 + end, padded.length, jsonChunk]), padded, new Uint32Array([end, binaryChunk]), ...parts];
  const file = new Uint8Array(12 + 8 + padded.length + 8 + end);
  let at = 0;
  for (const piece of pieces) {
    file.set(new Uint8Array(piece.buffer), at);
    at += piece.byteLength;
  }
  return file;
}

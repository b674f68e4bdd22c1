import { CapsuleGeometry, CatmullRomCurve3, Color, Float32BufferAttribute, LatheGeometry, Mesh, SphereGeometry, TorusGeometry, TubeGeometry, Vector2, Vector3, type BufferGeometry, type Material } from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { EYE, MOUTH } from './skull';

/** Paints a whole geometry in one colour, so that parts can share a material. */
export function painted(geometry: BufferGeometry, hex: string): BufferGeometry {
  const { r, g, b } = new Color(hex);
  const count = geometry.getAttribute('position').count;
  const colors = new Float32Array(count * 3);
  for (let i = 0; i < count; i++) colors.set([r, g, b], i * 3);
  geometry.setAttribute('color', new Float32BufferAttribute(colors, 3));
  return geometry;
}

/** A brow: thick over the nose, thin at its end, along the edge of the socket. Its origin is above the eye's middle. */
export function browGeometry(side: 1 | -1): BufferGeometry {
  const path = new CatmullRomCurve3([[-0.155, 0, 0.03], [-0.05, 0.034, 0.05], [0.08, 0.036, 0.02], [0.185, -0.03, -0.065]].map(([x, y, z]) => new Vector3(side * x!, y, z)));
  const tube = new TubeGeometry(path, 24, 1, 8);
  const at = tube.getAttribute('position');
  const center = new Vector3();
  const vertex = new Vector3();
  for (let i = 0; i < at.count; i++) {
    const along = Math.floor(i / 9) / 24;
    path.getPointAt(along, center);
    vertex.fromBufferAttribute(at, i).sub(center);
    const thick = 0.03 * Math.min(1, along * 4 + 0.3) * (1 - 0.72 * along ** 1.6) * (along > 0.999 ? 0.02 : 1);
    vertex.multiplyScalar(thick);
    vertex.z *= 0.6;
    at.setXYZ(i, center.x + vertex.x, center.y + vertex.y, center.z + vertex.z);
  }
  tube.computeVertexNormals();
  return painted(tube, '#68402d');
}

export const BROW = { y: EYE.y + 0.235, z: 0.775 } as const;

/** A row of teeth: an arc with hints of gaps. */
export function teethGeometry(upper: boolean): BufferGeometry {
  const parts = [-4, -3, -2, -1, 0, 1, 2, 3].map((i) => {
    const angle = (i + 0.5) * 0.2;
    const tooth = new CapsuleGeometry(0.024, upper ? 0.07 : 0.05, 3, 8);
    tooth.scale(1.35, 1, 0.6);
    tooth.rotateY(angle);
    return tooth.translate(Math.sin(angle) * 0.23, 0, Math.cos(angle) * 0.23 - 0.23);
  });
  const merged = mergeGeometries(parts);
  for (const part of parts) part.dispose();
  return painted(merged, '#fdf6ec');
}

export function tongueGeometry(): BufferGeometry {
  return painted(new SphereGeometry(1, 20, 12).scale(0.12, 0.045, 0.18), '#c4626a');
}

/** Neck, pullover and collar. */
export function buildBody(skin: Material, cloth: Material): Mesh[] {
  const neck = painted(new LatheGeometry([[0.28, -0.55], [0.29, -0.72], [0.3, -0.95], [0.4, -1.2]].map(([r, y]) => new Vector2(r, y)).toReversed(), 36), '#e3ac8b');
  const shoulders = new LatheGeometry([[0.02, -1.0], [0.33, -1.02], [0.48, -1.09], [0.66, -1.2], [0.8, -1.38], [0.86, -1.65], [0.88, -2.1]].map(([r, y]) => new Vector2(r, y)).toReversed(), 48);
  shoulders.scale(1.42, 1, 0.72);
  const collar = new TorusGeometry(0.36, 0.085, 14, 48).rotateX(Math.PI / 2 + 0.1).scale(1.02, 0.95, 0.92).translate(0, -1.03, -0.02);
  const merged = mergeGeometries([painted(shoulders, '#4f7f8a'), painted(collar, '#5b8d97')]);
  shoulders.dispose();
  collar.dispose();
  const shirt = new Mesh(merged, cloth);
  shirt.position.z = -0.12;
  const throat = new Mesh(neck, skin);
  throat.position.z = -0.14;
  return [throat, shirt];
}

export const TEETH = { y: MOUTH.y + 0.045, z: 0.725, lowerY: MOUTH.y - 0.1 } as const;

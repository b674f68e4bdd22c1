import { BufferAttribute, BufferGeometry, Color, Group, Mesh, MeshBasicMaterial, SphereGeometry, type Material } from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { EYE } from './skull';

/** One eye: a ball that looks about, and two lids that turn over it. */
export interface Eye {
  readonly group: Group;
  readonly ball: Mesh;
  readonly upperLid: Mesh;
  readonly lowerLid: Mesh;
}

const IRIS = 0.52;
const PUPIL = 0.235;
const RINGS: readonly (readonly [angle: number, color: string])[] = [
  [0, '#0c0807'], [PUPIL - 0.02, '#0c0807'], [PUPIL + 0.015, '#5a3413'], [0.33, '#a9692c'], [0.44, '#8a5222'], [IRIS - 0.05, '#4a2a12'], [IRIS, '#23140c'], [IRIS + 0.04, '#e9e2da'],
  [IRIS + 0.1, '#fbf8f4'], [0.95, '#f6efe9'], [1.35, '#e3cfc4'], [Math.PI, '#d8bcb0'],
];

/** Rings of vertices lie just where the colours change, so the iris has a sharp edge without any texture. */
export function ballGeometry(): BufferGeometry {
  const around = 40;
  const positions: number[] = [];
  const colors: number[] = [];
  const index: number[] = [];
  RINGS.forEach(([angle, hex], ring) => {
    const color = new Color(hex);
    // The iris lies a little flatter than the ball.
    const radius = EYE.radius * (angle < IRIS ? 0.985 : 1);
    for (let i = 0; i < around; i++) {
      const turn = (i / around) * 2 * Math.PI;
      const sine = Math.sin(angle) * radius;
      positions.push(sine * Math.cos(turn), sine * Math.sin(turn), Math.cos(angle) * radius);
      // Lids throw a shadow on the ball; light gathers at the bottom of an iris.
      const isIris = angle > PUPIL && angle < IRIS;
      const light = 1 + Math.sin(turn) * Math.sin(angle) * (isIris ? -0.75 : -0.22);
      colors.push(color.r * light, color.g * light, color.b * light);
      if (ring + 1 < RINGS.length) {
        const a = ring * around + i;
        const b = ring * around + ((i + 1) % around);
        index.push(a, a + around, b, b, a + around, b + around);
      }
    }
  });
  const geometry = new BufferGeometry();
  geometry.setIndex(index);
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3));
  geometry.setAttribute('color', new BufferAttribute(new Float32Array(colors), 3));
  geometry.computeVertexNormals();
  return geometry;
}

/** A lid is a piece of a shell around the ball; its edge runs from corner to corner. Elevation 0 is straight ahead. */
function lidGeometry(side: 1 | -1, skin: Color, edge: Color, edgeWidth: number): BufferGeometry {
  const across = 28;
  const rows = [0, edgeWidth, edgeWidth + 0.015, 0.35, 0.8, 1.3, 1.9];
  const positions: number[] = [];
  const colors: number[] = [];
  const index: number[] = [];
  rows.forEach((row, r) => {
    for (let i = 0; i <= across; i++) {
      const sweep = ((i / across) * 2 - 1) * 1.52;
      const elevation = row * side;
      // Lashes stand off the ball, and farther at the outer end.
      const onEdge = r <= 1;
      const radius = EYE.radius * (onEdge ? 1.065 : 1.035);
      positions.push(Math.sin(sweep) * radius, Math.cos(sweep) * Math.sin(elevation) * radius, Math.cos(sweep) * Math.cos(elevation) * radius);
      const color = onEdge ? edge : skin;
      colors.push(color.r, color.g, color.b);
      if (r + 1 < rows.length && i < across) {
        const a = r * (across + 1) + i;
        const b = a + across + 1;
        if (side > 0) index.push(a, a + 1, b, b, a + 1, b + 1);
        else index.push(a, b, a + 1, b, b + 1, a + 1);
      }
    }
  });
  const geometry = new BufferGeometry();
  geometry.setIndex(index);
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3));
  geometry.setAttribute('color', new BufferAttribute(new Float32Array(colors), 3));
  geometry.computeVertexNormals();
  return geometry;
}

export interface EyeParts {
  readonly ball: BufferGeometry;
  readonly upper: BufferGeometry;
  readonly lower: BufferGeometry;
}

export function eyeParts(): EyeParts {
  const skin = new Color('#e9b493');
  return { ball: ballGeometry(), upper: lidGeometry(1, skin, new Color('#2b1712'), 0.12), lower: lidGeometry(-1, skin, new Color('#b57560'), 0.05) };
}

export function buildEye(side: 1 | -1, parts: EyeParts, eyeMaterial: Material, lidMaterial: Material): Eye {
  const group = new Group();
  group.position.set(side * EYE.x, EYE.y, EYE.z);
  const ball = new Mesh(parts.ball, eyeMaterial);
  const upperLid = new Mesh(parts.upper, lidMaterial);
  const lowerLid = new Mesh(parts.lower, lidMaterial);
  // The outer corners lie a little higher.
  upperLid.rotation.z = side * 0.07;
  lowerLid.rotation.z = side * 0.07;
  group.add(ball, upperLid, lowerLid);
  return { group, ball, upperLid, lowerLid };
}

/** The glints of both eyes. They stay where the light is while the balls turn beneath them. */
export function buildGlints(): Mesh {
  const glint = (side: number, dx: number, dy: number, size: number): BufferGeometry => {
    const z = Math.sqrt(EYE.radius ** 2 - dx * dx - dy * dy) + 0.002;
    return new SphereGeometry(size, 20, 8).scale(1, 1, 0.12).translate(side * EYE.x + dx, EYE.y + dy, EYE.z + z);
  };
  const glints = [-1, 1].flatMap((side) => [glint(side, -0.048, 0.058, 0.03), glint(side, 0.05, -0.05, 0.013)]);
  const merged = mergeGeometries(glints);
  for (const part of glints) part.dispose();
  return new Mesh(merged, new MeshBasicMaterial({ color: '#ffffff' }));
}

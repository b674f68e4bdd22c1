import { BufferAttribute, BufferGeometry, Color, Mesh, type Material } from 'three';
import { smoothstep } from '../life/motion';
import { mouthGrid, SEGMENTS, type Place } from './mouthGrid';
import { MOVEMENTS, type Movement } from './movements';
import { SHAPES, type Shape } from './shapes';
import { EYE, eyeDistance, MOUTH, type Point } from './skull';

/** Farther from the mouth nothing moves; the rings go outward. */
const REACH = 1.3;

/** The face with its lips and the inside of its mouth, and a morph for each of `SHAPES`. */
export function buildSkin(material: Material): Mesh {
  const { places, ringCount } = mouthGrid();
  const geometry = new BufferGeometry();
  geometry.setIndex(ringIndex(ringCount));
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(places.flatMap((p) => p.point)), 3));
  geometry.setAttribute('color', new BufferAttribute(new Float32Array(places.flatMap(tint)), 3));
  geometry.computeVertexNormals();
  geometry.morphTargetsRelative = true;
  const deltasOf = movementDeltas(places);
  geometry.morphAttributes['position'] = SHAPES.map((shape) => new BufferAttribute(morph(deltasOf, shape), 3));
  return new Mesh(geometry, material);
}

function ringIndex(ringCount: number): number[] {
  const index: number[] = [];
  for (let ring = 0; ring + 1 < ringCount; ring++) {
    for (let i = 0; i < SEGMENTS; i++) {
      const a = ring * SEGMENTS + i;
      const b = ring * SEGMENTS + ((i + 1) % SEGMENTS);
      index.push(a, a + SEGMENTS, b, b, a + SEGMENTS, b + SEGMENTS);
    }
  }
  return index;
}

/** What each movement does to each place. Shapes are sums of these, so each is reckoned once. */
function movementDeltas(places: readonly Place[]): (movement: Movement) => Float32Array {
  const known = new Map<Movement, Float32Array>();
  return (movement) => {
    let deltas = known.get(movement);
    if (deltas === undefined) {
      deltas = new Float32Array(places.length * 3);
      known.set(movement, deltas);
      const delta: Point = [0, 0, 0];
      for (const [i, place] of places.entries()) {
        if (Math.hypot(place.u, place.v) > REACH) break;
        delta.fill(0);
        MOVEMENTS[movement](place, delta, 1);
        // The end of the mouth stays where it is, or one would see through the head.
        const free = 1 - smoothstep(0.12, 0.45, place.depth);
        for (let axis = 0; axis < 3; axis++) deltas[i * 3 + axis] = delta[axis]! * free;
      }
    }
    return deltas;
  };
}

function morph(deltasOf: (movement: Movement) => Float32Array, { recipe }: Shape): Float32Array {
  const parts = Object.entries(recipe).map(([movement, strength]) => [deltasOf(movement as Movement), strength] as const);
  const sum = new Float32Array(parts[0]![0].length);
  for (const [deltas, strength] of parts) {
    for (let i = 0; i < sum.length; i++) sum[i]! += deltas[i]! * strength;
  }
  return sum;
}

const SKIN = new Color('#f4c8aa');
const BLUSH = new Color('#ec9c86');
const LIP = new Color('#cd7069');
const SHADE = new Color('#d99b7d');
const GUM = new Color('#7d2a30');
const THROAT = new Color('#1c0608');

/** Colour by place: lips, blush on cheeks and nose, a shade around the eyes, red to dark inside the mouth. */
function tint({ u, v, height, below, depth, point: [x, y, z] }: Place): Point {
  const color = SKIN.clone();
  if (depth > 0) return color.copy(GUM).lerp(THROAT, smoothstep(0.01, 0.2, depth)).toArray() as Point;
  if (z > 0) {
    const cheek = Math.exp(-((Math.hypot(Math.abs(x) - 0.42, (y + 0.24) * 1.2) / 0.19) ** 2));
    const tip = Math.exp(-((Math.hypot(x, y + 0.1) / 0.1) ** 2));
    color.lerp(BLUSH, 0.5 * cheek + 0.2 * tip);
    color.lerp(SHADE, 0.45 * (1 - smoothstep(1, 1.7, eyeDistance(x, y))) * smoothstep(-0.05, 0.08, y - EYE.y));
    color.lerp(LIP, lipMask(u, v, height, below));
  }
  return color.toArray() as Point;
}

function lipMask(u: number, v: number, height: number, below: number): number {
  const across = Math.min(1, Math.abs(u) / (MOUTH.halfWidth * 1.02));
  const arch = (1 - across ** 2.2) ** 0.8;
  const bow = 1 - 0.22 * Math.exp(-((across / 0.16) ** 2)) + 0.12 * Math.exp(-(((across - 0.28) / 0.18) ** 2));
  const edge = below > 0 ? 0.078 * arch : 0.06 * arch * bow;
  return 1 - smoothstep(edge - 0.012, edge + 0.008, Math.max(Math.abs(v), height * 0.9));
}

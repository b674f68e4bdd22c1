import { BufferAttribute, BufferGeometry, Color, Mesh, type Material } from 'three';
import { smoothstep } from '../life/motion';
import { skinAt, type Point } from './skull';

const AROUND = 96;
const DOWN = 36;
/** The part of a strand's way over which its end bends in under the skin. */
const TIP = 0.1;

const DARK = new Color('#3b2219');
const LIGHT = new Color('#925c3b');

/** Hair as one shell over the skull. Its rows end along the hairline, so that the line is smooth however coarse the shell is. */
export function buildHair(material: Material): Mesh {
  const positions: number[] = [];
  const colors: number[] = [];
  const index: number[] = [];
  const point: Point = [0, 0, 0];
  const color = new Color();
  for (let row = 0; row <= DOWN; row++) {
    const along = row / DOWN;
    for (let i = 0; i < AROUND; i++) {
      // 0 in front, growing to the viewer's right.
      const turn = (i / AROUND) * 2 * Math.PI;
      const polar = along * hairline(turn);
      const [dx, dy, dz] = [Math.sin(polar) * Math.sin(turn), Math.cos(polar), Math.sin(polar) * Math.cos(turn)];
      skinAt(dx, dy, dz, point);
      const strand = strands(turn, polar);
      const out = outset(along, dx, dy, dz) + strand * 0.012 * smoothstep(0.1, 0.5, along);
      positions.push(point[0] * 0.99 + dx * out, point[1] + dy * out * 0.9, point[2] * 0.99 + dz * out);
      const shine = Math.exp(-(((dy - 0.6) / 0.15) ** 2));
      color.copy(DARK).lerp(LIGHT, Math.min(1, Math.max(0, 0.3 + strand * 0.2 + 0.36 * shine)));
      colors.push(color.r, color.g, color.b);
      if (row < DOWN) {
        const a = row * AROUND + i;
        const b = row * AROUND + ((i + 1) % AROUND);
        index.push(a, a + AROUND, b, b, a + AROUND, b + AROUND);
      }
    }
  }
  const geometry = new BufferGeometry();
  geometry.setIndex(index);
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3));
  geometry.setAttribute('color', new BufferAttribute(new Float32Array(colors), 3));
  geometry.computeVertexNormals();
  return new Mesh(geometry, material);
}

/** How far down the hair reaches, as an angle from the crown: a fringe swept to one side, then down before the ears to the jaw. */
function hairline(turn: number): number {
  const around = Math.abs(turn > Math.PI ? 2 * Math.PI - turn : turn);
  const rightward = turn < Math.PI ? around : -around;
  const fringe = 0.93 + 0.17 * smoothstep(-0.35, 0.75, rightward) - 0.06 * smoothstep(-0.1, -0.5, rightward);
  const bob = 2.22 + 0.06 * smoothstep(1.5, 3, around);
  return fringe + (bob - fringe) * smoothstep(0.68, 1.3, around);
}

function strands(turn: number, polar: number): number {
  const bend = turn + 0.5 * Math.sin(polar * 2);
  return 0.5 * Math.sin(bend * 23) + 0.3 * Math.sin(bend * 41 + 1.3) + 0.2 * Math.sin(bend * 67 + polar * 5);
}

/** How far the hair stands out from the skin: fullest at the sides, bent in at its ends. */
function outset(along: number, dx: number, dy: number, dz: number): number {
  const sides = smoothstep(0.25, 0.8, Math.abs(dx)) * smoothstep(0.3, -0.4, dy);
  const full = 0.115 + 0.075 * sides + 0.05 * smoothstep(0, 0.8, -dz);
  const tip = Math.max(0, (along - 1 + TIP) / TIP);
  return -0.05 + (full + 0.05) * Math.sqrt(1 - tip * tip);
}

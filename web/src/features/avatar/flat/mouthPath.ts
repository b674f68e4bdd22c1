import type { MouthPose } from '../speech/blendMouth';
import { VISEMES, type Viseme } from '../speech/visemes';

/** How wide and how open the lips are for each shape, and whether teeth show, on a scale of 0 to 1. */
const FLAT: Record<Viseme, readonly [width: number, open: number]> = {
  sil: [0.62, 0], pp: [0.58, 0], ff: [0.6, 0.06], th: [0.62, 0.2], dd: [0.62, 0.18], kk: [0.62, 0.2], ch: [0.42, 0.24], ss: [0.7, 0.14], nn: [0.62, 0.18], rr: [0.46, 0.2],
  aa: [0.66, 0.5], e: [0.74, 0.34], ih: [0.78, 0.24], oh: [0.42, 0.46], ou: [0.3, 0.26],
};
const WIDTH = Float32Array.from(VISEMES, (name) => FLAT[name][0]);
const OPEN = Float32Array.from(VISEMES, (name) => FLAT[name][1]);

/** The outline of a mouth in a picture of 100 by 100, around (50, 70). */
export function mouthPath({ shapes, jaw, closure }: MouthPose): string {
  let width = 0;
  let open = 0;
  for (let v = 0; v < shapes.length; v++) {
    width += shapes[v]! * WIDTH[v]!;
    open += shapes[v]! * OPEN[v]!;
  }
  open = (open + 0.25 * jaw) * (1 - closure);
  const x = width * 22;
  // Its corners lie above its middle: at rest it smiles.
  const upper = 71 - open * 11;
  const lower = 74.5 + open * 24;
  const n = (value: number): string => value.toFixed(1);
  return `M${n(50 - x)} 68Q50 ${n(upper)} ${n(50 + x)} 68Q50 ${n(lower)} ${n(50 - x)} 68Z`;
}

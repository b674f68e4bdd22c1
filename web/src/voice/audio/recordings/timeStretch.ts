const frameSeconds = 0.03;
const searchSeconds = 0.008;

/**
 * Speech at another pace under the same pitch (WSOLA): frames are laid one over another, each taken from where it goes on best with the one before.
 * @param pace Below 1 is slower.
 */
export function timeStretch(samples: Int16Array, rate: number, pace: number): Float32Array {
  const input = Float32Array.from(samples, (sample) => sample / 32768);
  if (pace === 1) return input;
  const frame = 2 * Math.round((frameSeconds * rate) / 2);
  const hop = frame / 2;
  const search = Math.round(searchSeconds * rate);
  const window = Float32Array.from({ length: frame }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / frame));
  const output = new Float32Array(Math.ceil(input.length / pace) + frame);

  let natural = 0;
  for (let out = 0; out * pace + frame + search < input.length; out += hop) {
    const wanted = Math.round(out * pace);
    const from = out === 0 ? 0 : bestMatch(input, natural, wanted, search, hop);
    for (let i = 0; i < frame; i++) output[out + i] = output[out + i]! + input[from + i]! * (out === 0 && i < hop ? 1 : window[i]!);
    natural = from + hop;
  }
  return output.subarray(0, Math.floor(input.length / pace));
}

/** Where, around a place, the input is most like what naturally follows. */
function bestMatch(input: Float32Array, natural: number, wanted: number, search: number, length: number): number {
  let best = wanted;
  let bestLikeness = -Infinity;
  for (let at = Math.max(0, wanted - search); at <= wanted + search; at += 2) {
    let [product, energy] = [0, 1e-9];
    for (let i = 0; i < length; i += 2) {
      const sample = input[at + i] ?? 0;
      product += sample * (input[natural + i] ?? 0);
      energy += sample * sample;
    }
    const likeness = product / Math.sqrt(energy);
    if (likeness > bestLikeness) [best, bestLikeness] = [at, likeness];
  }
  return best;
}

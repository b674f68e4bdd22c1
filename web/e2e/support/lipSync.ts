import { SHAPES } from '../../src/features/avatar/head/shapes';
import { blendMouth, createMouthPose } from '../../src/features/avatar/speech/blendMouth';
import { VisemeTrack } from '../../src/features/avatar/speech/VisemeTrack';
import { visemeIndex } from '../../src/features/avatar/speech/visemes';
import type { VisemeItem } from '../../src/voice/conversation/VisemeTracks';
import { quantum, type Watched } from './lipProbe';
import { sampleAt } from './numberedVoice';

/** Which influence of the head's skin shows what. */
const visemes = SHAPES.flatMap(({ viseme }, influence) => (viseme === undefined ? [] : [{ viseme, influence }]));
const jaw = SHAPES.findIndex(({ arkit }) => arkit === 'jawOpen');
const close = SHAPES.findIndex(({ arkit }) => arkit === 'mouthClose');
const pressed = visemes.find(({ viseme }) => viseme === visemeIndex('pp'))!.influence;

/** Two mouths that differ by no more than this in any shape look the same. */
const alike = 0.05;
/** As far as it is looked; a mouth of no moment around is as wrong as that. Milliseconds. */
const farthest = 500;

/** How a mouth went with the voice. */
export interface LipSync {
  /** By picture that was drawn while the voice was heard: how far away the nearest moment is whose mouth it shows, in milliseconds; below zero if the mouth was late. */
  readonly errors: readonly number[];
  /** By closure of the lips (p, b, m) in whose middle half pictures were drawn: whether one of them showed them closed. */
  readonly closures: readonly boolean[];
  /** The longest time, in milliseconds, in which nothing was heard within the reply, and how far the jaw hung in the last picture of it. */
  readonly silence: { readonly ms: number; readonly jaw: number };
}

/** Looks at all pictures of a reply. */
export function judgeLips({ rate, quanta, pictures: raw }: Watched, items: readonly VisemeItem[], voiceRate: number): LipSync {
  const track = new VisemeTrack(voiceRate);
  track.catchUp(items);
  const pictures = steadied(raw);
  const heard = hearing(quanta, rate, voiceRate);
  const [errors, closed] = [[] as number[], new Map<VisemeItem, boolean>()];
  for (const { heard: time, shapes } of pictures) {
    const sample = heard(time);
    if (Number.isNaN(sample)) continue;
    errors.push(nearest(track, sample, shapes));
    const closure = items.find(([start, length, viseme]) => viseme === 'pp' && Math.abs(sample - start - length / 2) <= length / 4);
    if (closure) closed.set(closure, closed.get(closure) === true || (shapes[pressed]! > 0.9 && shapes[jaw]! - shapes[close]! < 0.05));
  }
  return { errors, closures: [...closed.values()], silence: longestSilence(heard, rate, pictures, quanta.length) };
}

/** The ear's clock goes as steadily as the page's; what the browser says of it is now and then off by as much as its audio thread was held up. */
function steadied(pictures: Watched['pictures']): Watched['pictures'] {
  const ahead = pictures.map(({ at, heard }) => heard - at / 1000);
  return pictures.map((picture, i) => {
    const around = ahead.slice(Math.max(0, i - 10), i + 11).toSorted((a, b) => a - b);
    return { ...picture, heard: picture.at / 1000 + around[Math.floor(around.length / 2)]! };
  });
}

/** Tells which sample of the reply is at the ear at a time of the context; NaN where none is, or where the voice just fades. */
function hearing(quanta: Watched['quanta'], rate: number, voiceRate: number): (time: number) => number {
  const advance = ((quantum - 1) / rate) * voiceRate;
  return (time) => {
    const at = Math.floor((time * rate) / quantum);
    const [first, last] = (quanta[at] ?? [0, 0]).map(sampleAt) as [number, number];
    // What is faded gives a wrong number, which moves at a wrong pace.
    if (last === 0 || Math.abs(last - first - advance) > advance / 2) return Number.NaN;
    return first + (time - (at * quantum) / rate) * voiceRate;
  };
}

/** How far away, in milliseconds, the nearest moment is at which the mouth stands as it does in a picture. */
function nearest(track: VisemeTrack, sample: number, shapes: readonly number[]): number {
  const pose = createMouthPose();
  for (let ms = 0; ms <= farthest; ms = ms > 0 ? -ms : 1 - ms) {
    blendMouth(track, sample + (ms / 1000) * track.sampleRate, pose);
    const differs = visemes.some(({ viseme, influence }) => Math.abs(pose.shapes[viseme]! - shapes[influence]!) > alike) || Math.abs(pose.jaw - shapes[jaw]!) > alike;
    if (!differs) return ms;
  }
  return farthest;
}

function longestSilence(heard: (time: number) => number, rate: number, pictures: Watched['pictures'], quanta: number): LipSync['silence'] {
  const spoken = Array.from({ length: quanta }, (_, at) => at).filter((at) => !Number.isNaN(heard((at * quantum) / rate)));
  const gaps = spoken.slice(1).map((to, i) => ({ from: spoken[i]!, to, length: to - spoken[i]! }));
  const { from, to, length } = gaps.toSorted((a, b) => b.length - a.length)[0]!;
  // A picture counts from the beginning of its frame: the last one may show what is heard just after.
  const within = pictures.filter(({ heard: time }) => time * rate > from * quantum && time * rate < to * quantum - rate / 10);
  return { ms: (length * quantum * 1000) / rate, jaw: within.at(-1)?.shapes[jaw] ?? Number.NaN };
}

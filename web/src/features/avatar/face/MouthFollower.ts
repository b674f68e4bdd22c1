import type { HeardPosition } from '@/voice/audio/PlaybackClock';
import { approach, clamp01, smoothstep } from '../life/motion';
import type { Tick } from '../life/Tick';
import { blendMouth, createMouthPose, restMouth, type MouthPose } from '../speech/blendMouth';
import { VisemeTrack } from '../speech/VisemeTrack';
import { VISEME_COUNT } from '../speech/visemes';
import type { SpeechSource } from '../types';

/** Positions come every 20 ms or so; a voice that has not moved for longer than this stands still. Seconds. */
const STALLED = 0.07;
const CLOSED = 0.2;
/** A level (RMS) at which somebody speaks as usual. */
const USUAL_LEVEL = 0.12;

/** The mouth of what is heard. Where the voice stands still, because audio is late or held, the mouth closes until it goes on. */
export class MouthFollower {
  readonly pose: MouthPose = createMouthPose();
  /** Whether a voice is heard. */
  isSpeaking = false;
  readonly #speech: SpeechSource;
  #track: VisemeTrack | undefined;
  #generation = 0;
  #sample = Number.NaN;
  #movedAt = Number.NEGATIVE_INFINITY;
  #emphasis = 1;

  constructor(speech: SpeechSource) {
    this.#speech = speech;
  }

  update(tick: Tick): void {
    const heard = this.#speech.heard(tick.now);
    const track = heard === null ? undefined : this.#trackOf(heard.generation);
    if (heard === null || track === undefined || !Number.isFinite(heard.sample) || !(heard.rate > 0)) {
      this.isSpeaking = false;
      restMouth(this.pose);
      return;
    }
    blendMouth(track, heard.sample * (track.sampleRate / heard.rate), this.pose);
    this.#emphasise(tick);
    this.#hold(heard, tick);
  }

  /** Loud words open wider. */
  #emphasise({ dt }: Tick): void {
    const level = this.#speech.level?.();
    const emphasis = level === undefined ? 1 : 0.7 + 0.4 * clamp01(level / (2 * USUAL_LEVEL));
    this.#emphasis = approach(this.#emphasis, emphasis, dt, 0.08);
    this.pose.jaw *= this.#emphasis;
  }

  #hold(heard: Readonly<HeardPosition>, { now }: Tick): void {
    if (heard.sample !== this.#sample) this.#movedAt = now;
    this.#sample = heard.sample;
    const still = smoothstep(STALLED, CLOSED, (now - this.#movedAt) / 1000);
    this.isSpeaking = still < 1;
    if (still === 0) return;
    const { pose } = this;
    for (let v = 1; v < VISEME_COUNT; v++) pose.shapes[v]! *= 1 - still;
    pose.shapes[0] = pose.shapes[0]! * (1 - still) + still;
    pose.jaw *= 1 - still;
    pose.closure *= 1 - still;
  }

  #trackOf(generation: number): VisemeTrack | undefined {
    const known = this.#speech.track(generation);
    if (known === undefined) return undefined;
    if (this.#track === undefined || generation !== this.#generation || this.#track.sampleRate !== known.rate) {
      this.#track = new VisemeTrack(known.rate);
      this.#generation = generation;
    }
    this.#track.catchUp(known.items);
    return this.#track;
  }
}

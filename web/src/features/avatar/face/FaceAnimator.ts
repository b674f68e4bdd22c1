import type { Phase } from '@/voice/protocol/serverMessages';
import { Blink } from '../life/Blink';
import { Curve } from '../life/Curve';
import { Gaze } from '../life/Gaze';
import { moodVector } from '../life/moods';
import { approach, clamp01 } from '../life/motion';
import { between, type Random } from '../life/random';
import { advance, createTick } from '../life/Tick';
import { quietCues, type FaceCues, type SpeechSource } from '../types';
import { ARKIT_COUNT, AT } from './arkit';
import { createFaceState, type FaceState } from './FaceState';
import { MouthFollower } from './MouthFollower';

const NOD = new Curve(0.75, (x) => -Math.sin(x * Math.PI * 2) * Math.sin(x * Math.PI) * 0.75);
const MOOD_TAU = 0.22;
const POSE_TAU = 0.45;
const BREATH_SECONDS = 4.2;

/** Head and brows while listening and thinking, in radians and weights. */
const POSES: Record<Phase, { readonly pitch: number; readonly roll: number; readonly brows: number; readonly smile: number }> = {
  idle: { pitch: 0, roll: 0, brows: 0, smile: 0 },
  listening: { pitch: -0.02, roll: 0.055, brows: 0.18, smile: 0.12 },
  thinking: { pitch: 0.03, roll: -0.05, brows: 0.1, smile: 0 },
  speaking: { pitch: 0, roll: 0, brows: 0, smile: 0.05 },
  paused: { pitch: -0.015, roll: 0.04, brows: 0.25, smile: 0.08 },
};

/**
 * Makes a living face of what is heard and what the conversation is at. All time and chance come in; `update` allocates nothing.
 * What weighs most goes last: mood, then pose and gaze, then speech, which owns the mouth while it lasts.
 */
export class FaceAnimator {
  readonly state: FaceState = createFaceState();
  cues: FaceCues = quietCues;
  /** False: nothing has happened for a while, and the face comes to rest. */
  isAwake = true;
  readonly #random: Random;
  readonly #blink: Blink;
  readonly #gaze: Gaze;
  readonly #tick = createTick();
  readonly #mood = new Float32Array(ARKIT_COUNT);
  readonly #swayYaw: number;
  readonly #swayPitch: number;
  readonly #swayRoll: number;
  #mouth: MouthFollower;
  #pitch = 0;
  #roll = 0;
  #brows = 0;
  #smile = 0;
  #asking = 0;
  #speaking = 0;
  #nodAt = Number.NEGATIVE_INFINITY;
  #userSpoke = false;

  constructor(speech: SpeechSource, random: Random) {
    this.#random = random;
    this.#mouth = new MouthFollower(speech);
    this.#blink = new Blink(random);
    this.#gaze = new Gaze(random);
    // Where the slow swaying begins, so that no two faces sway alike.
    this.#swayYaw = between(random, 0, 6);
    this.#swayPitch = between(random, 0, 6);
    this.#swayRoll = between(random, 0, 6);
  }

  get isSpeaking(): boolean {
    return this.#mouth.isSpeaking;
  }

  /** Whether nothing moves any more, so that no further frame is needed until something happens. */
  get isStill(): boolean {
    return !this.isAwake && !this.isSpeaking && this.#tick.life < 0.01;
  }

  /** Another voice, such as a replayed sentence. */
  follow(speech: SpeechSource): void {
    this.#mouth = new MouthFollower(speech);
  }

  /** Brings the state to `now`, on the clock of `performance.now()`. */
  update(now: number): void {
    const tick = this.#tick;
    advance(tick, now);
    this.#mouth.update(tick);
    tick.life = approach(tick.life, this.isAwake || this.isSpeaking ? 1 : 0, tick.dt, 0.35);
    this.#followMood();
    this.#followPose();
    this.#moveHead();
    this.#moveFace();
  }

  #followMood(): void {
    const { dt } = this.#tick;
    const target = moodVector(this.cues.emotion);
    const neutral = moodVector('neutral');
    const intensity = clamp01(this.cues.intensity);
    for (let i = 0; i < ARKIT_COUNT; i++) {
      const goal = neutral[i]! + (target[i]! - neutral[i]!) * intensity;
      this.#mood[i] = approach(this.#mood[i]!, goal, dt, MOOD_TAU);
    }
  }

  #followPose(): void {
    const { time, dt, life } = this.#tick;
    const { phase, userSpeaking, asking } = this.cues;
    const pose = POSES[phase];
    this.#pitch = approach(this.#pitch, pose.pitch * life, dt, POSE_TAU);
    this.#roll = approach(this.#roll, pose.roll * life, dt, POSE_TAU);
    this.#brows = approach(this.#brows, pose.brows * life, dt, POSE_TAU);
    this.#smile = approach(this.#smile, pose.smile * life, dt, POSE_TAU);
    this.#asking = approach(this.#asking, asking && this.isSpeaking ? 1 : 0, dt, 0.25);
    this.#speaking = approach(this.#speaking, this.isSpeaking ? 1 : 0, dt, 0.18);
    // A nod where the user pauses says: go on, I am with you. Not at each pause, or it says nothing.
    if (this.#userSpoke && !userSpeaking && phase === 'listening' && time - this.#nodAt > 2.5 && this.#random() < 0.7) this.#nodAt = time;
    this.#userSpoke = userSpeaking;
    if (this.#gaze.update(this.#tick, phase) && this.#random() < 0.6) this.#blink.now(this.#tick);
  }

  #moveHead(): void {
    const { time, life } = this.#tick;
    const { state } = this;
    const yaw = this.#swayYaw;
    const pitch = this.#swayPitch;
    const roll = this.#swayRoll;
    const amount = life * (0.35 + 0.65 * this.#speaking);
    const stress = this.#mouth.pose.jaw * this.#speaking;
    state.breath = Math.sin((time * Math.PI * 2) / BREATH_SECONDS) * life;
    state.headYaw = this.#gaze.headYaw + amount * (0.035 * Math.sin(time * 0.83 + yaw) + 0.02 * Math.sin(time * 1.9 + roll));
    state.headPitch = this.#gaze.headPitch + this.#pitch + NOD.at(time - this.#nodAt) * 0.11
      + amount * (0.018 * Math.sin(time * 1.13 + pitch) + 0.012 * Math.sin(time * 2.7 + yaw)) - stress * 0.02 + this.#asking * 0.03;
    state.headRoll = this.#roll + amount * 0.022 * Math.sin(time * 0.67 + roll) + this.#asking * 0.05;
    state.eyeYaw = this.#gaze.eyeYaw;
    state.eyePitch = this.#gaze.eyePitch;
  }

  #moveFace(): void {
    const { arkit, visemes } = this.state;
    const { pose } = this.#mouth;
    visemes.set(pose.shapes);
    arkit.set(this.#mood);
    // A speaking mouth keeps half of its smile, so that its shapes can be read.
    const ownMouth = 1 - 0.5 * this.#speaking;
    for (let i = AT.mouthPucker; i <= AT.mouthPressRight; i++) arkit[i]! *= ownMouth;
    arkit[AT.mouthSmileLeft]! += this.#smile * ownMouth;
    arkit[AT.mouthSmileRight]! += this.#smile * ownMouth;
    const brows = this.#brows + 0.45 * this.#asking + 0.12 * pose.jaw * this.#speaking;
    arkit[AT.browInnerUp] = clamp01(arkit[AT.browInnerUp]! + brows * 0.7);
    arkit[AT.browOuterUpLeft] = clamp01(arkit[AT.browOuterUpLeft]! + brows);
    arkit[AT.browOuterUpRight] = clamp01(arkit[AT.browOuterUpRight]! + brows);
    // Upper lids follow a look downward.
    const lids = clamp01(this.#blink.at(this.#tick) * Math.min(1, this.#tick.life * 2) + Math.max(0, -this.state.eyePitch) * 0.9);
    arkit[AT.eyeBlinkLeft] = lids;
    arkit[AT.eyeBlinkRight] = lids;
    arkit[AT.jawOpen] = Math.max(pose.jaw, this.#mood[AT.jawOpen]! * (1 - this.#speaking));
    arkit[AT.mouthClose] = pose.closure * pose.jaw;
  }
}

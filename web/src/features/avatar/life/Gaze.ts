import type { Phase } from '@/voice/protocol/serverMessages';
import { approach } from './motion';
import { between, type Random } from './random';
import type { Tick } from './Tick';

/** A saccade takes about 50 ms; a head needs much longer. */
const EYE_TAU = 0.022;
const HEAD_TAU = 0.32;
/** Part of a look that the head takes over. */
const HEAD_SHARE = 0.38;
/** Radians within which eyes wander while they look at somebody. */
const MICRO = 0.012;

/** The share of looks that meet the other's eyes. Who thinks looks away; who listens does not. */
const CONTACT: Record<Phase, number> = { idle: 0.75, listening: 0.92, thinking: 0.12, speaking: 0.66, paused: 1 };

/** Where the eyes and the head look, in radians: yaw is positive to the viewer's right, pitch upward. */
export class Gaze {
  eyeYaw = 0;
  eyePitch = 0;
  headYaw = 0;
  headPitch = 0;
  readonly #random: Random;
  #yaw = 0;
  #pitch = 0;
  #driftYaw = 0;
  #driftPitch = 0;
  #nextLook = 0;
  #nextDrift = 0;
  #phase: Phase = 'idle';

  constructor(random: Random) {
    this.#random = random;
  }

  /** @returns whether the eyes went somewhere else, at which people tend to blink. */
  update({ time, dt, life }: Tick, phase: Phase): boolean {
    const changed = phase !== this.#phase;
    this.#phase = phase;
    const jumped = (changed || time >= this.#nextLook) && this.#look(time);
    if (time >= this.#nextDrift) this.#drift(time);

    this.headYaw = approach(this.headYaw, this.#yaw * HEAD_SHARE * life, dt, HEAD_TAU);
    this.headPitch = approach(this.headPitch, this.#pitch * HEAD_SHARE * life, dt, HEAD_TAU);
    this.eyeYaw = approach(this.eyeYaw, (this.#yaw + this.#driftYaw) * life - this.headYaw, dt, EYE_TAU);
    this.eyePitch = approach(this.eyePitch, (this.#pitch + this.#driftPitch) * life - this.headPitch, dt, EYE_TAU);
    return jumped;
  }

  #look(time: number): boolean {
    const random = this.#random;
    const yaw = this.#yaw;
    const pitch = this.#pitch;
    if (random() < CONTACT[this.#phase]) {
      this.#yaw = 0;
      this.#pitch = 0;
      this.#nextLook = time + between(random, 1.4, 4);
    } else {
      const side = random() < 0.5 ? -1 : 1;
      const thinking = this.#phase === 'thinking';
      this.#yaw = side * between(random, 0.16, 0.34);
      this.#pitch = thinking ? between(random, 0.14, 0.26) : between(random, -0.12, 0.08);
      this.#nextLook = time + (thinking ? between(random, 0.9, 2.2) : between(random, 0.4, 1.1));
    }
    return Math.abs(this.#yaw - yaw) + Math.abs(this.#pitch - pitch) > 0.15;
  }

  #drift(time: number): void {
    this.#driftYaw = between(this.#random, -MICRO, MICRO);
    this.#driftPitch = between(this.#random, -MICRO, MICRO) * 0.6;
    this.#nextDrift = time + between(this.#random, 0.25, 0.9);
  }
}

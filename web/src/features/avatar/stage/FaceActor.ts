import type { Camera, WebGLRenderer } from 'three';
import { FaceAnimator } from '../face/FaceAnimator';
import type { Random } from '../life/random';
import type { FaceCues, SpeechSource } from '../types';
import type { FaceModel } from './FaceModel';
import { Pacemaker } from './Pacemaker';
import { createStats, note } from './stats';

/** How often it is looked whether a voice has begun that no change of phase told of, such as a replay. */
const LISTEN_MS = 120;

/** How far the camera stands, and the aspect below which it stands farther. */
export const DISTANCE = 5.5;
const NARROW = 0.95;

/** What moves a face on a canvas: between the conversation's news and single frames. */
export class FaceActor {
  readonly #animator: FaceAnimator;
  readonly #pacemaker: Pacemaker;
  readonly #stats = createStats();
  #speech: SpeechSource;
  #model: FaceModel | undefined;

  /** @param draw asks for one frame, which then calls `frame`. */
  constructor(speech: SpeechSource, random: Random, draw: () => void) {
    this.#speech = speech;
    this.#animator = new FaceAnimator(speech, random);
    this.#pacemaker = new Pacemaker(draw);
  }

  follow(speech: SpeechSource): void {
    this.#speech = speech;
    this.#animator.follow(speech);
  }

  wear(model: FaceModel): void {
    this.#model = model;
    this.#pacemaker.wake();
  }

  tell(cues: FaceCues): void {
    this.#animator.cues = cues;
    this.#pacemaker.wake();
  }

  /** Begins to look after the page and the voice. Returns how to end that. */
  start(canvas: HTMLCanvasElement): () => void {
    Object.assign(canvas, { faceStats: this.#stats });
    const look = (): void => this.#pacemaker.hide(document.hidden);
    document.addEventListener('visibilitychange', look);
    const listening = window.setInterval(() => {
      if (!this.#animator.isSpeaking && this.#speech.heard(performance.now())?.playing === true) this.#pacemaker.wake();
    }, LISTEN_MS);
    look();
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.clearInterval(listening);
      this.#pacemaker.hide(true);
    };
  }

  /** One frame: it allocates nothing. `aspect` is the picture's width by its height. */
  frame(renderer: WebGLRenderer, camera: Camera, aspect: number): void {
    const now = performance.now();
    // In a narrow picture one steps back, so that the head is seen as a whole.
    camera.position.z = DISTANCE * Math.max(1, NARROW / aspect);
    this.#animator.isAwake = this.#animator.cues.phase !== 'idle' || this.#pacemaker.isAwake(now);
    this.#animator.update(now);
    this.#model?.show(this.#animator.state);
    this.#pacemaker.next(now, this.#animator.isSpeaking, this.#animator.isStill);
    note(this.#stats, renderer, performance.now() - now);
  }
}

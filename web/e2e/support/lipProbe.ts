import type { BrowserContext, Page } from '@playwright/test';

/** What was drawn and what sounded, from the page's side. */
export interface Watched {
  /** Frames a second of the audio context. */
  readonly rate: number;
  /** By quantum, from the context's begin: the first sample that left for the ear, and the last. */
  readonly quanta: readonly (readonly [first: number, last: number])[];
  /** By picture: when its frame began, which time of the context the ear was at then, and what the head's skin was drawn with. */
  readonly pictures: readonly { readonly at: number; readonly heard: number; readonly shapes: readonly number[] }[];
}

declare global {
  interface Window {
    lipProbe: { silentMs(): number; read(): Watched };
  }
}

export const quantum = 128;

/** Notes what passes through it. */
const worklet = `registerProcessor('lip-probe', class extends AudioWorkletProcessor {
  #log;
  #newest;
  constructor({ processorOptions: { log, newest } }) {
    super();
    this.#log = new Float32Array(log);
    this.#newest = new Int32Array(newest);
  }
  process([[sound]], [[out]]) {
    const at = currentFrame / ${quantum};
    if (!sound || at * 2 >= this.#log.length) return true;
    out.set(sound);
    this.#log[at * 2] = sound[0];
    this.#log[at * 2 + 1] = sound[sound.length - 1];
    Atomics.store(this.#newest, 0, at);
    return true;
  }
});`;

/**
 * Gives the pages of a context, which must bypass the policy on scripts, a loudspeaker that is late, as a wireless one is: what the client plays goes
 * through a delay line. Behind it each quantum is noted, and each picture of the head's skin is, with what it is drawn.
 * @param latency How much later it is heard, in seconds.
 * @param told Whether the browser says so to the page.
 */
export async function probeLips(context: BrowserContext, latency: number, told: boolean): Promise<void> {
  await context.addInitScript(
    ([script, seconds, isTold, frames]) => {
      const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
      const longest = 100_000;
      const log = new Float32Array(new SharedArrayBuffer(2 * longest * Float32Array.BYTES_PER_ELEMENT));
      const newest = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
      const pictures: { at: number; heard: number; shapes: number[] }[] = [];
      let audio: AudioContext | null = null;

      const { addModule } = AudioWorklet.prototype;
      const added = new WeakMap<AudioWorklet, Promise<void>>();
      AudioWorklet.prototype.addModule = async function (module, options) {
        if (!added.has(this)) added.set(this, addModule.call(this, url));
        await added.get(this);
        return addModule.call(this, module, options);
      };
      const Node = AudioWorkletNode;
      window.AudioWorkletNode = class extends Node {
        readonly #isVoice: boolean;
        constructor(made: BaseAudioContext, name: string, options?: AudioWorkletNodeOptions) {
          super(made, name, options);
          this.#isVoice = name === 'parley-playback';
          if (this.#isVoice) audio = made as AudioContext;
        }
        override connect(...to: unknown[]): AudioNode {
          if (!this.#isVoice) return (super.connect as (...all: unknown[]) => AudioNode)(...to);
          const late = new DelayNode(this.context, { maxDelayTime: 1, delayTime: seconds });
          const probe = new Node(this.context, 'lip-probe', { outputChannelCount: [1], processorOptions: { log: log.buffer, newest: newest.buffer } });
          super.connect(late);
          return late.connect(probe).connect(to[0] as AudioNode);
        }
      };

      const { getOutputTimestamp } = AudioContext.prototype;
      if (isTold) {
        AudioContext.prototype.getOutputTimestamp = function () {
          const stamp = getOutputTimestamp.call(this);
          return { ...stamp, contextTime: Math.max(0, stamp.contextTime! - seconds) };
        };
      }
      /** Which time of the context leaves the device now, as the browser itself says. */
      const leaving = (now: number): number => {
        const { contextTime, performanceTime } = getOutputTimestamp.call(audio!);
        return contextTime! + (now - performanceTime!) / 1000;
      };

      // A picture counts from the beginning of its frame, where the mouth is asked for: how long drawing takes without graphics hardware is not the client's.
      let frameBegan = 0;
      const { requestAnimationFrame } = window;
      window.requestAnimationFrame = (draw) =>
        requestAnimationFrame.call(window, (time) => {
          frameBegan = performance.now();
          draw(time);
        });

      const names = new WeakMap<WebGLUniformLocation, string>();
      const { getUniformLocation, uniform1fv } = WebGL2RenderingContext.prototype;
      WebGL2RenderingContext.prototype.getUniformLocation = function (program, name) {
        const location = getUniformLocation.call(this, program, name);
        if (location) names.set(location, name);
        return location;
      };
      WebGL2RenderingContext.prototype.uniform1fv = function (location: WebGLUniformLocation | null, data: Iterable<number>, ...rest: number[]) {
        (uniform1fv as (...all: unknown[]) => void).call(this, location, data, ...rest);
        if (!audio || !location || !names.get(location)?.startsWith('morphTargetInfluences')) return;
        const at = frameBegan;
        pictures.push({ at, heard: leaving(at), shapes: [...data] });
      };

      window.lipProbe = {
        silentMs() {
          const now = Atomics.load(newest, 0);
          let at = now;
          while (at > 0 && log[at * 2] === 0 && log[at * 2 + 1] === 0) at--;
          return ((now - at) * frames * 1000) / audio!.sampleRate;
        },
        read() {
          const known = Atomics.load(newest, 0) + 1;
          return { rate: audio!.sampleRate, quanta: Array.from({ length: known }, (_, i) => [log[i * 2]!, log[i * 2 + 1]!] as const), pictures };
        },
      };
    },
    [worklet, latency, told, quantum] as const,
  );
}

/** What was seen and heard so far. */
export const watched = (page: Page): Promise<Watched> => page.evaluate(() => window.lipProbe.read());

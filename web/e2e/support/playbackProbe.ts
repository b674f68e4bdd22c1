import type { BrowserContext, Page } from '@playwright/test';

/** How a cut went, in frames of the audio context. */
export interface Cut {
  /** From the moment of the cut to the last sound, counted from what had been rendered by then. */
  readonly overhang: number;
  /** From the begin of the first quantum that was rendered after the cut to the last sound; of no use where no quantum followed yet. */
  readonly afterQuantum: number;
  /** Whether the voice sounded when it was cut. */
  readonly sounded: boolean;
  readonly rate: number;
}

declare global {
  interface Window {
    /** Looks at what the playback worklet gives to the device. */
    playbackProbe: { arm(): void; isLoud(): boolean; read(): Cut | null };
  }
}

// Where the worklet and the page meet. `Cut`: 1 once the page has closed the gate.
const cells = { rendered: 0, sound: 1, loud: 2, cut: 3, firstAfter: 4 };

/** Runs in the worklets' scope, before those of the client: stands around the one that plays. */
const worklet = `
const at = ${JSON.stringify(cells)};
const register = registerProcessor;
globalThis.registerProcessor = (name, Processor) => register(name, name !== 'parley-playback' ? Processor : class extends Processor {
  #cells;
  constructor(options) {
    super(options);
    this.#cells = new Int32Array(options.processorOptions.probe);
  }
  process(inputs, outputs, parameters) {
    const cells = this.#cells;
    if (Atomics.load(cells, at.cut) === 1 && Atomics.load(cells, at.firstAfter) < 0) Atomics.store(cells, at.firstAfter, currentFrame);
    const goesOn = super.process(inputs, outputs, parameters);
    const out = outputs[0][0];
    let last = out.length - 1;
    while (last >= 0 && out[last] === 0) last--;
    if (last >= 0) Atomics.store(cells, at.sound, currentFrame + last + 1);
    Atomics.store(cells, at.loud, out.some((sample) => Math.abs(sample) > 0.02) ? 1 : 0);
    Atomics.store(cells, at.rendered, currentFrame + out.length);
    return goesOn;
  }
});`;

/**
 * Gives the pages of a context, which must bypass the policy on scripts, a probe of the voice: when it was cut or held, and when the last sound left.
 * @param isolated False: the client has no shared memory to tell its worklet by; the probe keeps its own.
 */
export async function probePlayback(context: BrowserContext, isolated: boolean): Promise<void> {
  await context.addInitScript(
    ([script, at, keepsMemory]) => {
      const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
      const probe = new Int32Array(new SharedArrayBuffer(5 * Int32Array.BYTES_PER_ELEMENT));
      let armed = false;
      let rate = 0;
      let renderedAtCut = 0;
      let sounded = false;
      const cut = () => {
        if (!armed) return;
        armed = false;
        Atomics.store(probe, at.cut, 1);
        renderedAtCut = Atomics.load(probe, at.rendered);
        sounded = Atomics.load(probe, at.loud) === 1;
      };

      const { addModule } = AudioWorklet.prototype;
      const added = new WeakMap<AudioWorklet, Promise<void>>();
      AudioWorklet.prototype.addModule = async function (module, options) {
        if (!added.has(this)) added.set(this, addModule.call(this, url));
        await added.get(this);
        return addModule.call(this, module, options);
      };
      window.AudioWorkletNode = class extends AudioWorkletNode {
        constructor(audio: BaseAudioContext, name: string, options?: AudioWorkletNodeOptions) {
          rate = audio.sampleRate;
          super(audio, name, { ...options, processorOptions: { ...options?.processorOptions, probe: probe.buffer } });
        }
      };
      if (keepsMemory) {
        const { store } = Atomics;
        // The client's gate is two numbers; the probe's own memory is larger.
        Atomics.store = ((cellsOf: Int32Array, index: number, value: number) => {
          const stored = store(cellsOf, index, value);
          if (cellsOf.length === 2 && value > 0) cut();
          return stored;
        }) as typeof Atomics.store;
      } else {
        Object.defineProperty(window, 'crossOriginIsolated', { value: false });
        const { postMessage } = MessagePort.prototype;
        MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown, ...rest: []) {
          postMessage.call(this, message, ...rest);
          if ((message as { type?: string } | null)?.type === 'gate') cut();
        };
      }
      window.playbackProbe = {
        arm() {
          Atomics.store(probe, at.cut, 0);
          Atomics.store(probe, at.firstAfter, -1);
          armed = true;
        },
        isLoud: () => Atomics.load(probe, at.loud) === 1,
        read() {
          const first = Atomics.load(probe, at.firstAfter);
          if (armed || first < 0) return null;
          const sound = Atomics.load(probe, at.sound);
          return { overhang: Math.max(0, sound - renderedAtCut), afterQuantum: Math.max(0, sound - first), sounded, rate };
        },
      };
    },
    [worklet, cells, isolated] as const,
  );
}

/** Waits until the voice sounds, does what cuts it, and tells how that went. */
export async function measureCut(page: Page, cut: () => Promise<unknown>): Promise<Cut> {
  await page.waitForFunction(() => window.playbackProbe.isLoud());
  await page.evaluate(() => window.playbackProbe.arm());
  await cut();
  await page.waitForFunction(() => window.playbackProbe.read() !== null);
  // What sounds on would be noticed by then.
  await page.waitForTimeout(150);
  return (await page.evaluate(() => window.playbackProbe.read()))!;
}

/** Presses Esc in the page in a moment in which the voice sounds; with `busy`, in the midst of work that holds up the page. */
export function pressEscape(page: Page, busy: boolean): Promise<void> {
  return page.evaluate(async (isBusy) => {
    const work = (ms: number) => {
      for (const until = performance.now() + ms; performance.now() < until; );
    };
    while (!window.playbackProbe.isLoud()) await new Promise((resolve) => setTimeout(resolve, 1));
    if (isBusy) work(20);
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    if (isBusy) work(40);
  }, busy);
}

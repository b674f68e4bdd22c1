import { createStore, type StoreApi } from 'zustand/vanilla';
import captureUrl from './capture/capture.worklet?worker&url';
import type { PlaybackOptions } from './playback/messages';
import playbackUrl from './playback/playback.worklet?worker&url';

/** `suspended`: the browser wants a gesture first, or the system took the sound away. */
export type SoundState = 'none' | 'running' | 'suspended' | 'broken';

export interface AudioNodes {
  readonly context: AudioContext;
  readonly capture: AudioWorkletNode;
  readonly playback: AudioWorkletNode;
}

/** The page's one audio context with its two worklets. They are made once and live as long as the page: making them anew leaks. */
export class AudioEngine {
  readonly sound: StoreApi<{ readonly state: SoundState }> = createStore<{ state: SoundState }>(() => ({ state: 'none' }));
  #nodes: Promise<AudioNodes> | null = null;
  #context: AudioContext | null = null;

  constructor(private readonly gate: SharedArrayBuffer | null) {}

  get context(): AudioContext | null {
    return this.#context;
  }

  /** Makes it, or wakes it. Call it from a gesture: without one browsers keep the context suspended. */
  start(): Promise<AudioNodes> {
    if (this.#context) void this.resume();
    this.#nodes ??= this.#create().catch((error: unknown) => {
      this.#nodes = null;
      this.sound.setState({ state: 'broken' });
      throw error;
    });
    return this.#nodes;
  }

  /** Lets the context go on, in a gesture's handler. */
  async resume(): Promise<void> {
    try {
      await this.#context?.resume();
    } catch {
      // Its state says so.
    }
  }

  /** Silences the device between calls; the nodes stay. */
  async suspend(): Promise<void> {
    await this.#context?.suspend();
  }

  /** Plays on another device, where the browser can. */
  async playOn(deviceId: string): Promise<void> {
    const context = this.#context as (AudioContext & { setSinkId?: (id: string) => Promise<void> }) | null;
    await context?.setSinkId?.(deviceId);
  }

  async #create(): Promise<AudioNodes> {
    const context = new AudioContext({ latencyHint: 'interactive' });
    this.#context = context;
    context.addEventListener('statechange', () => this.#tell());
    this.#tell();
    await Promise.all([context.audioWorklet.addModule(captureUrl), context.audioWorklet.addModule(playbackUrl)]);
    const processorOptions: PlaybackOptions = { gate: this.gate };
    const playback = new AudioWorkletNode(context, 'parley-playback', { numberOfInputs: 0, outputChannelCount: [1], processorOptions });
    const capture = new AudioWorkletNode(context, 'parley-capture', { channelCount: 1, channelCountMode: 'explicit', outputChannelCount: [1] });
    playback.connect(context.destination);
    // It gives silence; a node that leads nowhere may not be run.
    capture.connect(context.destination);
    return { context, capture, playback };
  }

  #tell(): void {
    this.sound.setState({ state: this.#context?.state === 'running' ? 'running' : 'suspended' });
  }
}

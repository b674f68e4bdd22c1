/// <reference types="audioworklet" />
import type { PlaybackCommand, PlaybackOptions } from './messages';
import { PlaybackCore } from './PlaybackCore';

/** Plays what `PlaybackCore` gives, for the page's life. */
class PlaybackProcessor extends AudioWorkletProcessor {
  readonly #core: PlaybackCore;
  #lowest = 0;

  constructor({ processorOptions }: { processorOptions: PlaybackOptions }) {
    super();
    const shared = processorOptions.gate && new Int32Array(processorOptions.gate);
    const lowest = shared ? () => Math.max(this.#lowest, Atomics.load(shared, 0)) : () => this.#lowest;
    this.#core = new PlaybackCore(sampleRate, lowest, (report) => this.port.postMessage(report));
    this.port.addEventListener('message', ({ data }: MessageEvent<PlaybackCommand>) => this.#obey(data));
    this.port.start();
  }

  #obey(command: PlaybackCommand): void {
    switch (command.type) {
      case 'audio':
        return this.#core.add(command, currentFrame);
      case 'end':
        return this.#core.end(command.generation, command.samples);
      case 'hold':
        return this.#core.hold(command.generation);
      case 'release':
        return this.#core.release();
      case 'gate':
        this.#lowest = command.lowest;
    }
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const channels = outputs[0]!;
    const first = channels[0]!;
    this.#core.process(first, currentFrame);
    for (let i = 1; i < channels.length; i++) channels[i]!.set(first);
    return true;
  }
}

registerProcessor('parley-playback', PlaybackProcessor);

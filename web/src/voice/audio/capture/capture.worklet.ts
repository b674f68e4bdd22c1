/// <reference types="audioworklet" />
import { CaptureCore } from './CaptureCore';

/** Hands the microphone to the page in frames, for the page's life; a quantum without a microphone is none. */
class CaptureProcessor extends AudioWorkletProcessor {
  readonly #core = new CaptureCore(sampleRate, (frame) => this.port.postMessage(frame, [frame.samples.buffer]));

  constructor() {
    super();
    this.port.addEventListener('message', ({ data }: MessageEvent<Int16Array<ArrayBuffer>>) => this.#core.recycle(data));
    this.port.start();
  }

  process(inputs: Float32Array[][]): boolean {
    const channel = inputs[0]?.[0];
    if (channel) this.#core.process(channel);
    return true;
  }
}

registerProcessor('parley-capture', CaptureProcessor);

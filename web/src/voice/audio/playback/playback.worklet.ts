/// <reference types="audioworklet" />
import { GateCell, type Gate, type PlaybackCommand, type PlaybackOptions } from './messages';
import { PlaybackCore } from './PlaybackCore';

/** Plays what `PlaybackCore` gives, for the page's life. */
class PlaybackProcessor extends AudioWorkletProcessor {
  readonly #core: PlaybackCore;
  #told: Gate = { lowest: 0, held: 0 };

  constructor({ processorOptions }: { processorOptions: PlaybackOptions }) {
    super();
    const { gate } = processorOptions;
    const read = gate ? reader(new Int32Array(gate)) : () => this.#told;
    this.#core = new PlaybackCore(sampleRate, read, (report) => this.port.postMessage(report));
    this.port.addEventListener('message', ({ data }: MessageEvent<PlaybackCommand>) => this.#obey(data));
    this.port.start();
  }

  #obey(command: PlaybackCommand): void {
    switch (command.type) {
      case 'audio':
        return this.#core.add(command, currentFrame);
      case 'end':
        return this.#core.end(command.generation, command.samples);
      case 'gate':
        this.#told = command;
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

/** Reads the gate from shared memory, into one object: nothing is allocated in a quantum. */
function reader(cells: Int32Array): () => Gate {
  const gate = { lowest: 0, held: 0 };
  return () => {
    gate.lowest = Atomics.load(cells, GateCell.Lowest);
    gate.held = Atomics.load(cells, GateCell.Held);
    return gate;
  };
}

registerProcessor('parley-playback', PlaybackProcessor);

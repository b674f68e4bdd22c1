const headerBytes = 24;
const speech = 1;
const pcm16 = 0;

/** A binary frame of the server: 20 ms of the reply's voice. */
export interface AudioPacket {
  readonly generation: number;
  readonly segment: number;
  readonly chunk: number;
  /** Samples from the start of the generation to the first one in here. */
  readonly sampleOffset: number;
  /** A view of the frame, not a copy. */
  readonly samples: Int16Array;
}

/** Reads a binary frame; null where it is none that this client knows. */
export function parseAudioPacket(frame: ArrayBuffer): AudioPacket | null {
  if (frame.byteLength < headerBytes || frame.byteLength % 2 !== 0) return null;
  const view = new DataView(frame);
  if (view.getUint8(0) !== 0x50 || view.getUint8(1) !== 0x31 || view.getUint8(2) !== speech || view.getUint8(3) !== pcm16) return null;
  const sampleOffset = Number(view.getBigUint64(16, true));
  if (!Number.isSafeInteger(sampleOffset)) return null;
  return {
    generation: view.getUint32(4, true),
    segment: view.getUint32(8, true),
    chunk: view.getUint32(12, true),
    sampleOffset,
    // All machines with browsers are little endian, as the packet is.
    samples: new Int16Array(frame, headerBytes),
  };
}

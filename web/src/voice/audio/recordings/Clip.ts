/** A piece of sound. */
export interface Clip {
  readonly samples: Int16Array;
  /** Samples a second. */
  readonly rate: number;
}

/** The clip as a WAV file, for servers and for keeping. */
export function toWav({ samples, rate }: Clip): Blob {
  const header = new DataView(new ArrayBuffer(44));
  const ascii = (at: number, text: string) => [...text].forEach((letter, i) => header.setUint8(at + i, letter.charCodeAt(0)));
  const bytes = samples.length * 2;
  ascii(0, 'RIFF');
  header.setUint32(4, 36 + bytes, true);
  ascii(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, rate, true);
  header.setUint32(28, rate * 2, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  ascii(36, 'data');
  header.setUint32(40, bytes, true);
  return new Blob([header, samples as Int16Array<ArrayBuffer>], { type: 'audio/wav' });
}

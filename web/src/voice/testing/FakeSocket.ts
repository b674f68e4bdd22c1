import type { Socket } from '../connection/Socket';

/** The server's end of a line, in a test's hands. */
export class FakeSocket extends EventTarget implements Socket {
  binaryType: BinaryType = 'blob';
  bufferedAmount = 0;
  protocol = '';
  closedBy: 'client' | 'server' | null = null;
  readonly sent: (Record<string, unknown> | ArrayBuffer)[] = [];

  constructor(
    readonly url: string,
    readonly protocols: readonly string[],
  ) {
    super();
  }

  send(data: string | ArrayBuffer): void {
    this.sent.push(typeof data === 'string' ? (JSON.parse(data) as Record<string, unknown>) : data);
  }

  close(): void {
    this.closedBy ??= 'client';
  }

  open(protocol = 'parley.v1'): void {
    this.protocol = protocol;
    this.dispatchEvent(new Event('open'));
  }

  /** The server says something, as one frame. */
  says(frame: object | string | ArrayBuffer): void {
    const data = frame instanceof ArrayBuffer || typeof frame === 'string' ? frame : JSON.stringify(frame);
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  /** The line breaks, or the server closes it. */
  breaks(): void {
    this.closedBy ??= 'server';
    this.dispatchEvent(new Event('close'));
  }

  /** What was sent of a type, the newest last. */
  sentOf(type: string): Record<string, unknown>[] {
    return this.sent.filter((message): message is Record<string, unknown> => !(message instanceof ArrayBuffer) && message['type'] === type);
  }
}

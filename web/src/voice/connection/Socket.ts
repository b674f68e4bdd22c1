/** As much of a WebSocket as a line needs. */
export interface Socket {
  binaryType: BinaryType;
  readonly bufferedAmount: number;
  readonly protocol: string;
  send(data: string | ArrayBuffer): void;
  close(code?: number): void;
  addEventListener(type: 'open' | 'close' | 'message', listener: (event: Event) => void, options: { signal: AbortSignal }): void;
}

export type OpenSocket = (url: string, protocols: readonly string[]) => Socket;

import { createStore, type StoreApi } from 'zustand/vanilla';
import { parseAudioPacket, type AudioPacket } from '../protocol/audioPacket';
import type { ClientMessage } from '../protocol/clientMessages';
import type { SessionConfig } from '../protocol/config';
import { parseServerMessage } from '../protocol/parse';
import type { ServerMessage, ServerMessageOf } from '../protocol/serverMessages';
import type { Timers } from '../timers';
import { backoff } from './backoff';
import { Heartbeat } from './Heartbeat';
import type { Line, LossReason } from './Line';
import { mergeConfig } from './mergeConfig';
import { Outbox } from './Outbox';
import type { Reachability } from './probe';
import { SessionIds } from './SessionIds';
import type { OpenSocket, Socket } from './Socket';

export const subprotocol = 'parley.v1';

// As long as the server keeps a session whose line broke.
const givesUpAfter = 600_000;
const readyWithin = 10_000;
// Two seconds of 16 kHz: a line that is so far behind has no use for more.
const audioBacklog = 64_000;
const refusalsBelieved = 3;

export interface ConnectionPorts {
  readonly url: string;
  readonly openSocket: OpenSocket;
  readonly probe: (url: string, key: string, signal: AbortSignal) => Promise<Reachability>;
  readonly timers: Timers;
  readonly random: () => number;
  readonly identity: () => { readonly learnerId: string; readonly key: string };
  /** Messages in order, each once, under numbers that are unique in the page. */
  readonly onMessage: (message: ServerMessage) => void;
  readonly onAudio: (packet: AudioPacket) => void;
}

/** What came and was passed over, and what could not be sent. */
export interface ConnectionCounts {
  malformed: number;
  unknown: number;
  outOfOrder: number;
  unsent: number;
  audioDropped: number;
}

interface Session {
  readonly id: string;
  token: string;
  lastSeq: number;
}

/**
 * The line to the server: opens it, keeps it, and opens it again where it broke, until `end`. Each attempt has one owner, its
 * `AbortController`; when that is aborted nothing of the attempt calls back any more.
 */
export class Connection {
  readonly line: StoreApi<Line> = createStore<Line>(() => ({ state: 'idle' }));
  readonly counts: ConnectionCounts = { malformed: 0, unknown: 0, outOfOrder: 0, unsent: 0, audioDropped: 0 };
  readonly #heartbeat: Heartbeat;
  readonly #outbox = new Outbox();
  readonly #ids = new SessionIds();
  #config: SessionConfig = {};
  #session: Session | null = null;
  #attempt: AbortController | null = null;
  #socket: Socket | null = null;
  #ready = false;
  #resuming = false;
  #tries = 0;
  #refusals = 0;
  #brokenAt: number | null = null;
  #notBefore = 0;

  constructor(private readonly ports: ConnectionPorts) {
    this.#heartbeat = new Heartbeat(
      ports.timers,
      (t) => this.send({ type: 'ping', t }),
      () => this.#broken(),
    );
  }

  /** Begins a session. One that goes on already is only configured. */
  start(config: SessionConfig): void {
    if (this.#attempt) return this.configure(config);
    this.#config = config;
    if (this.#session) this.#ids.next();
    this.#session = null;
    this.#brokenAt = null;
    this.#tries = this.#refusals = 0;
    this.line.setState({ state: 'connecting' }, true);
    this.#connect();
  }

  /** Changes the session, and those that are begun in its place. */
  configure(changes: SessionConfig): void {
    this.#config = mergeConfig(this.#config, changes);
    if (this.#attempt) this.send({ type: 'session.update', config: changes });
  }

  /** Ends the session, whatever state it is in. */
  end(): void {
    if (this.#ready) this.send({ type: 'session.end' });
    this.#close();
    this.#outbox.takeAll();
    if (this.line.getState().state !== 'idle') this.line.setState({ state: 'ended' }, true);
  }

  /** Tries at once what would be tried later: the network is back, or the user asks. */
  retry(): void {
    const { state } = this.line.getState();
    if (state !== 'reconnecting' && state !== 'lost') return;
    this.#brokenAt = this.ports.timers.now();
    this.#tries = this.#refusals = 0;
    this.#notBefore = 0;
    this.#connect();
  }

  /** Sends a message, or keeps it until the line is up. */
  send(message: ClientMessage): void {
    if (!this.#ready) {
      if (!this.#outbox.add(message)) this.counts.unsent++;
      return;
    }
    const outgoing = this.#ids.outgoing(message);
    if (outgoing) this.#socket?.send(JSON.stringify(outgoing));
    else this.counts.unsent++;
  }

  /** Sends 20 ms of the microphone. What the line can't take is dropped: late audio is worth nothing. */
  sendAudio(frame: ArrayBuffer): void {
    if (this.#ready && this.#socket && this.#socket.bufferedAmount < audioBacklog) this.#socket.send(frame);
    else this.counts.audioDropped++;
  }

  #connect(): void {
    this.#close();
    const { openSocket, url, timers, identity } = this.ports;
    const attempt = new AbortController();
    this.#attempt = attempt;
    if (this.#brokenAt !== null) this.line.setState({ state: 'reconnecting', attempt: this.#tries, retryAt: null }, true);
    const { key } = identity();
    const socket = openSocket(url, key ? [subprotocol, `parley.key.${key}`] : [subprotocol]);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    const { signal } = attempt;
    let opened = false;
    socket.addEventListener('open', () => ((opened = true), this.#opened(socket)), { signal });
    socket.addEventListener('message', (event) => this.#received((event as MessageEvent<string | ArrayBuffer>).data), { signal });
    socket.addEventListener('close', () => (opened ? this.#broken() : void this.#refused(signal)), { signal });
    const late = timers.after(readyWithin, () => (this.#ready ? undefined : this.#broken()));
    signal.addEventListener('abort', late, { once: true });
  }

  #opened(socket: Socket): void {
    if (socket.protocol !== subprotocol) return this.#lose('protocol', socket.protocol);
    this.#refusals = 0;
    this.#introduce(socket);
  }

  #introduce(socket: Socket): void {
    const session = this.#session;
    this.#resuming = session !== null;
    const hello: ClientMessage = session
      ? { type: 'session.resume', session_id: session.id, resume_token: session.token, last_seq: session.lastSeq }
      : { type: 'session.start', learner_id: this.ports.identity().learnerId, config: this.#config };
    socket.send(JSON.stringify(hello));
  }

  #received(frame: string | ArrayBuffer): void {
    this.#heartbeat.heard();
    if (typeof frame !== 'string') {
      const packet = parseAudioPacket(frame);
      if (packet) this.ports.onAudio(this.#ids.packet(packet));
      else this.counts.malformed++;
      return;
    }
    const parsed = parseServerMessage(frame);
    if ('problem' in parsed) this.counts[parsed.problem]++;
    else this.#accept(parsed.message);
  }

  #accept(message: ServerMessage): void {
    if (message.type === 'session.ready') return this.#begun(message);
    if (message.type === 'error' && !this.#ready) return this.#denied(message);
    const session = this.#session;
    if (!session || message.session_id !== session.id || message.seq <= session.lastSeq) {
      this.counts.outOfOrder++;
      return;
    }
    session.lastSeq = message.seq;
    this.ports.onMessage(this.#ids.message(message));
    if (message.type === 'session.ended' && (message.reason === 'client' || message.reason === 'too_many_errors')) {
      this.#close();
      this.line.setState({ state: 'ended' }, true);
    }
  }

  #begun(message: ServerMessageOf<'session.ready'>): void {
    const known = this.#session;
    const resumed = message.resumed && known !== null;
    if (known && !resumed) this.#ids.next();
    if (resumed) known.token = message.resume_token;
    else this.#session = { id: message.session_id, token: message.resume_token, lastSeq: message.seq };
    const how = resumed ? 'resumed' : this.#brokenAt === null ? 'started' : 'anew';
    this.#ready = true;
    this.#tries = 0;
    this.#brokenAt = null;
    this.#heartbeat.start();
    this.line.setState({ state: 'live', how }, true);
    this.ports.onMessage(this.#ids.message(message));
    for (const waiting of this.#outbox.takeAll()) this.send(waiting);
  }

  /** The server says no to `session.start` or `session.resume`. */
  #denied(error: ServerMessageOf<'error'>): void {
    if (error.retry_after_ms !== undefined) this.#notBefore = this.ports.timers.now() + error.retry_after_ms;
    if (this.#resuming && (error.code === 'bad_token' || error.code === 'unknown_session')) {
      this.#session = null;
      this.#ids.next();
      if (this.#socket) this.#introduce(this.#socket);
    } else if (error.retryable || error.code === 'overloaded' || error.code === 'not_available') {
      this.#broken();
    } else {
      this.#lose('refused', error.message);
    }
  }

  /** No socket was opened. */
  async #refused(signal: AbortSignal): Promise<void> {
    const reachability = await this.ports.probe(this.ports.url, this.ports.identity().key, signal);
    if (signal.aborted) return;
    if (reachability === 'key') this.#lose('key', '');
    // A server that is just shutting down refuses too: it is asked again before it is believed.
    else if (reachability === 'protocol' && ++this.#refusals >= refusalsBelieved) this.#lose('protocol', '');
    else this.#broken();
  }

  #broken(): void {
    const { timers, random } = this.ports;
    this.#close();
    this.#brokenAt ??= timers.now();
    if (timers.now() - this.#brokenAt >= givesUpAfter) return this.#lose('silent', '');
    const wait = Math.max(backoff(this.#tries, random()), this.#notBefore - timers.now());
    this.#tries++;
    const attempt = new AbortController();
    this.#attempt = attempt;
    this.line.setState({ state: 'reconnecting', attempt: this.#tries, retryAt: timers.now() + wait }, true);
    attempt.signal.addEventListener('abort', timers.after(wait, () => this.#connect()), { once: true });
  }

  #lose(reason: LossReason, message: string): void {
    this.#close();
    this.line.setState({ state: 'lost', reason, message }, true);
  }

  /** The one place where an attempt is cleaned up. */
  #close(): void {
    this.#attempt?.abort();
    this.#attempt = null;
    this.#socket?.close(1000);
    this.#socket = null;
    this.#ready = false;
    this.#heartbeat.stop();
  }
}

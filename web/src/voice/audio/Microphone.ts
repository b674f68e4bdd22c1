import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AudioNodes } from './AudioEngine';
import type { CapturedFrame } from './capture/CaptureCore';

export type MicrophoneStatus =
  | 'off'
  /** The browser asks the user. */
  | 'asking'
  | 'on'
  /** The user, or the system, said no. */
  | 'denied'
  /** There is none. */
  | 'absent'
  /** Another program has it. */
  | 'busy'
  /** It was pulled out. */
  | 'unplugged'
  /** The page is not served securely, so the browser offers no microphone. */
  | 'insecure';

export interface Device {
  readonly id: string;
  readonly name: string;
}

export interface MicrophoneState {
  readonly status: MicrophoneStatus;
  readonly muted: boolean;
  /** Names are known once the user has allowed a microphone. */
  readonly inputs: readonly Device[];
  readonly outputs: readonly Device[];
  /** Which one is open. */
  readonly inputId: string;
}

export interface MicrophoneOptions {
  readonly deviceId: string;
  /** Off for scoring the voice as it is. */
  readonly noiseSuppression: boolean;
}

/**
 * The microphone: opened once and kept, since opening it again asks, clicks and leaks. Pulled out, it says so and takes the next one that is plugged in.
 * Automatic gain stays off, for it makes noise loud enough to interrupt the assistant.
 */
export class Microphone {
  readonly store: StoreApi<MicrophoneState> = createStore<MicrophoneState>(() => ({ status: 'off', muted: false, inputs: [], outputs: [], inputId: '' }));
  /** Root mean square and peak of the newest 20 ms, for a meter to read in an animation frame. */
  readonly level = new Float32Array(2);
  #nodes: AudioNodes | null = null;
  #source: MediaStreamAudioSourceNode | null = null;
  #stream: MediaStream | null = null;
  #opening: AbortController | null = null;
  #options: MicrophoneOptions = { deviceId: '', noiseSuppression: true };

  constructor(private readonly onFrame: (samples: Int16Array) => void) {}

  /** Listens on the page's capture node. */
  attach(nodes: AudioNodes): void {
    if (this.#nodes) return;
    this.#nodes = nodes;
    nodes.capture.port.addEventListener('message', ({ data }: MessageEvent<CapturedFrame>) => this.#take(data));
    nodes.capture.port.start();
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.#devicesChanged());
  }

  /** Opens a microphone, asking where needed. An open one of the same options stays as it is. Never throws: the state says how it went. */
  async open(options: MicrophoneOptions): Promise<boolean> {
    const same = options.deviceId === this.#options.deviceId && options.noiseSuppression === this.#options.noiseSuppression;
    if (this.#stream && same && this.store.getState().status === 'on') return true;
    this.#options = options;
    if (!navigator.mediaDevices) return this.#fail('insecure');
    this.#opening?.abort();
    const opening = new AbortController();
    this.#opening = opening;
    this.store.setState({ status: 'asking' });
    try {
      const stream = await request(options);
      if (opening.signal.aborted) {
        stop(stream);
        return false;
      }
      this.#connect(stream);
      await this.#listDevices();
      return true;
    } catch (error) {
      return opening.signal.aborted ? false : this.#fail(statusOf(error));
    }
  }

  /** Gives the microphone back. */
  close(): void {
    this.#opening?.abort();
    this.#release();
    this.store.setState({ status: 'off' });
  }

  /** Silence in place of the voice; the microphone stays open. */
  mute(muted: boolean): void {
    this.store.setState({ muted });
    this.#applyMute();
  }

  #connect(stream: MediaStream): void {
    this.#release();
    const { context, capture } = this.#nodes!;
    const track = stream.getAudioTracks()[0]!;
    this.#stream = stream;
    this.#source = context.createMediaStreamSource(stream);
    this.#source.connect(capture);
    track.addEventListener('ended', () => this.#ended(stream), { once: true });
    this.store.setState({ status: 'on', inputId: track.getSettings().deviceId ?? '' });
    this.#applyMute();
  }

  #ended(stream: MediaStream): void {
    if (this.#stream !== stream) return;
    this.#release();
    this.#fail('unplugged');
  }

  async #devicesChanged(): Promise<void> {
    await this.#listDevices();
    const { status, inputs } = this.store.getState();
    if (status === 'on' && this.#stream?.getAudioTracks()[0]?.readyState === 'ended') this.#ended(this.#stream);
    else if ((status === 'unplugged' || status === 'absent') && inputs.length > 0) await this.open({ ...this.#options, deviceId: '' });
  }

  async #listDevices(): Promise<void> {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const named = (kind: MediaDeviceKind) => devices.filter((d) => d.kind === kind && d.deviceId !== '').map((d) => ({ id: d.deviceId, name: d.label }));
    this.store.setState({ inputs: named('audioinput'), outputs: named('audiooutput') });
  }

  #take(frame: CapturedFrame): void {
    this.level[0] = frame.rms;
    this.level[1] = frame.peak;
    if (this.#stream) this.onFrame(frame.samples);
    this.#nodes?.capture.port.postMessage(frame.samples, [frame.samples.buffer]);
  }

  #applyMute(): void {
    for (const track of this.#stream?.getAudioTracks() ?? []) track.enabled = !this.store.getState().muted;
  }

  #release(): void {
    this.#source?.disconnect();
    this.#source = null;
    if (this.#stream) stop(this.#stream);
    this.#stream = null;
    this.level.fill(0);
  }

  #fail(status: MicrophoneStatus): false {
    this.#release();
    this.store.setState({ status });
    return false;
  }
}

async function request({ deviceId, noiseSuppression }: MicrophoneOptions): Promise<MediaStream> {
  const audio: MediaTrackConstraints = { echoCancellation: true, noiseSuppression, autoGainControl: false, channelCount: 1 };
  if (!deviceId) return navigator.mediaDevices.getUserMedia({ audio });
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { ...audio, deviceId: { exact: deviceId } } });
  } catch (error) {
    // The one that was chosen last time is not plugged in today.
    if ((error as DOMException).name !== 'OverconstrainedError') throw error;
    return navigator.mediaDevices.getUserMedia({ audio });
  }
}

function statusOf(error: unknown): MicrophoneStatus {
  switch ((error as DOMException).name) {
    case 'NotFoundError':
      return 'absent';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'denied';
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

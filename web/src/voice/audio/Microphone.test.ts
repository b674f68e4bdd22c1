import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AudioNodes } from './AudioEngine';
import { Microphone } from './Microphone';

class FakeTrack extends EventTarget {
  enabled = true;
  readyState = 'live';
  stopped = false;
  getSettings = () => ({ deviceId: 'desk' });
  stop(): void {
    this.stopped = true;
    this.readyState = 'ended';
  }
}

const options = { deviceId: '', noiseSuppression: true };
let tracks: FakeTrack[];
let getUserMedia: ReturnType<typeof vi.fn>;
let mediaDevices: EventTarget & { enumerateDevices: () => Promise<{ kind: string; deviceId: string; label: string }[]> };
let port: EventTarget;
let heard: Int16Array[];
let microphone: Microphone;

beforeEach(() => {
  tracks = [];
  heard = [];
  getUserMedia = vi.fn(async () => {
    const track = new FakeTrack();
    tracks.push(track);
    return { getTracks: () => [track], getAudioTracks: () => [track] };
  });
  mediaDevices = Object.assign(new EventTarget(), {
    getUserMedia,
    enumerateDevices: async () => [{ kind: 'audioinput', deviceId: 'desk', label: 'Desk microphone' }],
  });
  vi.stubGlobal('navigator', { mediaDevices });
  port = Object.assign(new EventTarget(), { start: () => {}, postMessage: () => {} });
  microphone = new Microphone((samples) => heard.push(samples));
  const context = { createMediaStreamSource: () => ({ connect: () => {}, disconnect: () => {} }) };
  microphone.attach({ context, capture: { port } } as unknown as AudioNodes);
});
afterEach(() => vi.unstubAllGlobals());

const status = () => microphone.store.getState().status;
const frame = () => port.dispatchEvent(new MessageEvent('message', { data: { samples: new Int16Array(320), rms: 0.25, peak: 0.5 } }));

describe('Microphone', () => {
  test('open: is on, and names the devices that there are', async () => {
    expect(await microphone.open(options)).toBe(true);
    expect(microphone.store.getState()).toMatchObject({ status: 'on', inputId: 'desk', inputs: [{ id: 'desk', name: 'Desk microphone' }] });
  });

  test('open: asks for echo cancellation, and for no automatic gain, which makes noise an interruption', async () => {
    await microphone.open(options);
    expect(getUserMedia).toHaveBeenCalledWith({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: false, channelCount: 1 } });
  });

  test('open: what is open stays open; other options take its place', async () => {
    await microphone.open(options);
    await microphone.open(options);
    expect(tracks.length).toBe(1);
    await microphone.open({ ...options, noiseSuppression: false });
    expect(tracks.map((track) => track.stopped)).toEqual([true, false]);
  });

  test.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'absent'],
    ['NotReadableError', 'busy'],
  ])('open: %s is %s', async (name, expected) => {
    getUserMedia.mockRejectedValueOnce(new DOMException('', name));
    expect(await microphone.open(options)).toBe(false);
    expect(status()).toBe(expected);
  });

  test('open: a page that is not secure has no microphone', async () => {
    vi.stubGlobal('navigator', {});
    await microphone.open(options);
    expect(status()).toBe('insecure');
  });

  test('open: one that is not plugged in today is replaced by what is', async () => {
    getUserMedia.mockRejectedValueOnce(new DOMException('', 'OverconstrainedError'));
    expect(await microphone.open({ ...options, deviceId: 'headset' })).toBe(true);
  });

  test('close: while the user is being asked, what comes is let go at once', async () => {
    const opening = microphone.open(options);
    microphone.close();
    expect(await opening).toBe(false);
    expect([status(), tracks[0]?.stopped]).toEqual(['off', true]);
  });

  test('unplugged: says so, and takes what is plugged in next', async () => {
    await microphone.open(options);
    tracks[0]!.dispatchEvent(new Event('ended'));
    expect(status()).toBe('unplugged');
    mediaDevices.dispatchEvent(new Event('devicechange'));
    await vi.waitFor(() => expect(status()).toBe('on'));
  });

  test('mute: silences the track and keeps it', async () => {
    await microphone.open(options);
    microphone.mute(true);
    expect([tracks[0]!.enabled, tracks[0]!.stopped]).toEqual([false, false]);
    await microphone.open({ ...options, noiseSuppression: false });
    expect(tracks[1]!.enabled).toBe(false);
  });

  test('frames are heard and measured while it is on, and not when it is closed', async () => {
    await microphone.open(options);
    frame();
    expect([heard.length, microphone.level[0]]).toEqual([1, 0.25]);
    microphone.close();
    frame();
    expect(heard.length).toBe(1);
  });
});

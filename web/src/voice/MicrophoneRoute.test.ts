import { beforeEach, describe, expect, test } from 'vitest';
import { MicrophoneRoute } from './MicrophoneRoute';

let sent: string[];
let audio: Int16Array[];
let replaying: boolean;
let route: MicrophoneRoute;
const voice = new Int16Array(320).fill(7);
const hearsVoice = () => audio.some((samples) => samples[0] === 7);

beforeEach(() => {
  [sent, audio, replaying] = [[], [], false];
  route = new MicrophoneRoute({ send: (m) => sent.push(m.type), sendAudio: (samples) => audio.push(samples), isReplaying: () => replaying });
});

const take = (frames: number, muted = false) => {
  for (let i = 0; i < frames; i++) route.take(voice, muted);
};

describe('hands free', () => {
  test('everything goes to the server', () => {
    take(5);
    expect([audio.length, hearsVoice()]).toEqual([5, true]);
  });

  test('muted: silence ends the turn, then nothing is sent', () => {
    take(10_000, true);
    expect([audio.length, hearsVoice()]).toEqual([500, false]);
  });

  test('while a clip plays the server hears silence', () => {
    replaying = true;
    take(5);
    expect([audio.length, hearsVoice()]).toEqual([5, false]);
  });
});

describe('push to talk', () => {
  beforeEach(() => route.setMode('push_to_talk'));

  test('only while it is held, between start and stop', () => {
    take(5);
    route.talk();
    route.talk();
    take(3);
    route.letGo();
    route.letGo();
    take(5);
    expect([audio.length, sent]).toEqual([3, ['start_listen', 'stop_listen']]);
  });

  test('a line that was opened anew is told that it is held', () => {
    route.talk();
    route.lineOpened();
    expect(sent).toEqual(['start_listen', 'start_listen']);
  });

  test('another mode lets go', () => {
    route.talk();
    route.setMode('auto');
    expect(sent).toEqual(['start_listen', 'stop_listen']);
  });
});

test('aside: a sentence is recorded and the server does not hear it', () => {
  route.beginAside();
  take(4);
  const clip = route.endAside();
  expect([clip.samples.length, clip.samples[0], hearsVoice()]).toEqual([1280, 7, false]);
  take(1);
  expect(hearsVoice()).toBe(true);
});

test('aside: is no longer than half a minute', () => {
  route.beginAside();
  take(5000);
  expect(route.endAside().samples.length).toBe(30 * 16_000);
});

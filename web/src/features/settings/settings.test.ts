import { expect, test } from 'vitest';
import { sessionConfig } from '@/voice/protocol/config';
import { sessionConfigOf, settingsStore } from './settings';

const settings = settingsStore.getState();

test('sessionConfigOf: is a configuration that the protocol knows', () => {
  expect(sessionConfig(sessionConfigOf(settings))).toBe(true);
});

test('sessionConfigOf: nothing is recorded and nothing leaves the server unless the user says so', () => {
  expect(sessionConfigOf(settings).consent).toEqual({ record: false, cloud_audio: false });
});

test('sessionConfigOf: what another version kept becomes something that the server takes', () => {
  const odd = sessionConfigOf({ ...settings, level: 'Z9', patience: 'endless', speed: 99, scenario: '' });
  expect(odd).toMatchObject({ level: 'B1', turn: { patience: 'normal' }, speed: 2 });
  expect(odd).not.toHaveProperty('scenario');
});

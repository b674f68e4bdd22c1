import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { identityStore } from '@/lib/identity';
import { languageStore } from '@/lib/language';
import { resources } from '@/lib/resource';
import { VoiceClient } from '@/voice/VoiceClient';
import { App } from './App';
import { navigate, paths } from './router';
import { themeStore } from './theme';

vi.mock('@/features/dashboard/DashboardPage', () => ({
  default: () => {
    throw new Error('no data');
  },
}));

let access = { admitted: true, operator: false };

beforeEach(() => {
  window.history.replaceState(null, '', '/nowhere');
  languageStore.setState({ language: 'en' });
  vi.spyOn(console, 'error').mockImplementation(() => {});
  access = { admitted: true, operator: false };
  vi.stubGlobal('fetch', async () => Response.json(access));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  resources.invalidate('/v1/access');
});

test('App: an address that is none of its pages says so', () => {
  render(<App voice={new VoiceClient()} />);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('There is no such page');
});

test('App: a page that throws leaves the way to the others', async () => {
  render(<App voice={new VoiceClient()} />);
  act(() => navigate(paths.progress));
  expect((await screen.findByRole('alert')).textContent).toContain('no data');
  expect(screen.getByRole('link', { name: 'Talk' })).toBeTruthy();
});

test('App: the language changes every word and the document', () => {
  render(<App voice={new VoiceClient()} />);
  act(() => screen.getByRole('button', { name: '中文' }).click());
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('没有这个页面');
  expect(document.documentElement.lang).toBe('zh-CN');
});

test('App: the theme that was chosen stands on the document, the system’s does not', () => {
  render(<App voice={new VoiceClient()} />);
  act(() => themeStore.setState({ theme: 'dark' }));
  expect(document.documentElement.dataset['theme']).toBe('dark');
  act(() => themeStore.setState({ theme: 'system' }));
  expect(document.documentElement.dataset['theme']).toBeUndefined();
});

test('App: the operator’s page is in the list of pages for operators alone', async () => {
  render(<App voice={new VoiceClient()} />);
  expect(screen.queryByRole('link', { name: 'Operations' })).toBeNull();
  access = { admitted: true, operator: true };
  // Another key, other doors.
  act(() => identityStore.setState({ key: 'boss' }));
  expect(await screen.findByRole('link', { name: 'Operations' })).toBeTruthy();
});

import { act, cleanup, fireEvent, render, renderHook, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { identityStore } from '@/lib/identity';
import { languageStore } from '@/lib/language';
import { resources } from '@/lib/resource';
import type { Overview } from './api';
import ConsolePage from './ConsolePage';
import { isSaid } from './entryText';
import { useTimeline } from './useTimeline';

const choice = { name: 'flite', why: 'the only one here' };
const overview: Overview = {
  at: '2026-05-04T09:00:00Z',
  version: '1.2.3',
  max_sessions: 100,
  sessions: [{ id: '3f0c9a77be', age_ms: 90_000, state: 'speaking', scenario: 'cafe', resumed: false, recorded: true, engines: { tts: choice }, first_audio_ms: 512 }],
  stages: [{ stage: 'first_audio', count: 40, p50_ms: 540, p90_ms: 800, p95_ms: 1_200, max_ms: 2_000 }],
  turns: [{ at: '2026-05-04T09:00:00Z', session_id: '3f0c9a77be', turn_id: 't4', cut: true, endpoint_ms: 360, asr_final_ms: 300, first_audio_ms: 480 }],
  counters: { 'parley.turn.interruptions': 42, 'parley.degraded{stage=tts}': 3, 'parley.degraded{stage=asr}': 4 },
  queues: [{ stage: 'tts', engine: 'flite', limit: 4, in_use: 1, waiting: 2, shed: 0 }],
  alerts: [{ code: 'slow', severity: 'warning', message: '7 of the newest 50 answers took more than 1.5 s to begin.' }],
  health: {
    status: 'ok',
    store: { name: 'sqlite', healthy: true, lost_entries: 0 },
    chosen: { tts: choice },
    engines: [{ stage: 'tts', name: 'flite', available: true, version: '2.2', detail: 'ready', breaker: 'half_open' }],
    policy: { mode: 'local', weights: { quality: 0.5 }, tuning_steps: [], canaries: [] },
  },
};
const session = { id: 'kept-1', started_at: '2026-05-04T09:00:00Z', end_reason: 'client', turns: 3, entries: 9, bytes: 2_048, length_ms: 60_000, recorded: false };

let answers: Record<string, unknown> = {};
let status = 200;

beforeEach(() => {
  languageStore.setState({ language: 'en' });
  answers = { '/v1/ops': overview, '/v1/ops/sessions': { data: [session] } };
  status = 200;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (status !== 200) {
      const isOperator = new Headers(init.headers).get('authorization') === 'Bearer boss';
      if (!isOperator) return Response.json({ error: { message: 'This is for operators.', code: 'operator_only' } }, { status });
    }
    return answers[path] === undefined ? Response.json({ error: { message: 'Nothing there.' } }, { status: 404 }) : Response.json(answers[path]);
  });
});
afterEach(() => {
  cleanup();
  resources.invalidate('/v1/ops');
  identityStore.setState({ key: '' });
  vi.unstubAllGlobals();
});

test('an operator: alerts, live sessions, percentiles, engines and counters', async () => {
  render(<ConsolePage />);
  expect(await screen.findByText(/7 of the newest 50 answers/)).toBeTruthy();
  expect(screen.getByText('speaking')).toBeTruthy();
  expect(screen.getByText('540 ms')).toBeTruthy();
  expect(screen.getByText('! being tried')).toBeTruthy();
  expect(screen.getByText('1 / 4, 2')).toBeTruthy();
  expect(screen.getByText('times an engine was replaced').nextSibling?.textContent).toBe('7');
  expect(screen.getByText('parley.turn.interruptions')).toBeTruthy();
});

test('nobody who may see this: a key is asked for, and shown to the server', async () => {
  status = 403;
  render(<ConsolePage />);
  fireEvent.change(await screen.findByLabelText('Operator’s key'), { target: { value: ' boss ' } });
  fireEvent.click(screen.getByRole('button', { name: 'Use this key' }));
  expect(await screen.findByText('speaking')).toBeTruthy();
});

test('the server cannot be asked: it says why', async () => {
  status = 500;
  render(<ConsolePage />);
  expect((await screen.findAllByRole('alert'))[0]?.textContent).toContain('This is for operators.');
});

test('a stored session: its timeline, page by page', async () => {
  answers['/v1/ops/sessions/kept-1/timeline?after=0'] = { data: [{ number: 1, at_ms: 0, kind: 'policy', data: { chosen: 'flite', why: 'it is quick' } }], next: 1 };
  answers['/v1/ops/sessions/kept-1/timeline?after=1'] = { data: [{ number: 2, at_ms: 1_500, kind: 'sent', data: { type: 'asr_final', text: 'good morning' } }] };
  const { result } = renderHook(() => useTimeline('kept-1', false));
  await waitFor(() => expect(result.current.entries.map(({ text }) => text)).toEqual(['flite · it is quick']));
  act(() => result.current.loadMore());
  await waitFor(() => expect(result.current.entries.map(({ text }) => text)).toEqual(['flite · it is quick', 'good morning']));
  expect(result.current.more).toBe(false);
});

test('a session that runs: what is said comes as it is said', async () => {
  const sent = (number: number, data: object) => ({ number, at_ms: number * 100, kind: 'sent', data });
  const path = '/v1/ops/sessions/3f0c9a77be/timeline';
  answers[`${path}?after=0`] = { data: [sent(1, { type: 'state_update', state: 'listening' }), sent(2, { type: 'asr_final', text: 'good morning' })] };
  answers[`${path}?after=2`] = { data: [sent(3, { type: 'segment_begin', text: 'Good morning!' })] };
  const { result } = renderHook(() => useTimeline('3f0c9a77be', true));
  await waitFor(() => expect(result.current.entries.filter(isSaid).map(({ text }) => text)).toEqual(['good morning', 'Good morning!']), { timeout: 5_000 });
});

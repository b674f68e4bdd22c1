import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { languageStore } from '@/lib/language';
import { resources } from '@/lib/resource';
import { VoiceContext } from '@/hooks/useVoice';
import { VoiceClient } from '@/voice/VoiceClient';
import DashboardPage from './DashboardPage';

const day = (n: number) => ({
  day: `2026-05-0${n}`, turns: 4, minutes: 1.5, words_per_minute: 60 + 10 * n, accuracy: 70, fluency: 71, prosody: 72, mistakes_per100_words: 4, new_words: 10, mtld: 30 + 5 * n,
});
const mistake = { kind: 'Grammar', rule: 'discuss-about', count: 4, example: { wrong: 'discuss about', right: 'discuss', sentence: 'We discuss about it.' } };

/** What the server says, by the end of the path. */
const full: Record<string, unknown> = {
  '/progress': { turns: 12, minutes: 4.5, words: 120, mtld: 45, days: [day(1), day(2), day(3)] },
  '/recommendations': { frequent_mistakes: [mistake], weak_sounds: [{ phone: 'TH', uses: 20, score: 55 }], weak_words: [], repeated_starts: [], due_reviews: 1 },
  '/reviews': { data: [{ id: 'r1', drill: 'SayItAgain', prompt: 'We discuss about it.', answer: 'We discuss it.', rule: 'discuss-about', reviews: 0 }] },
  '/phones': { data: [{ phone: 'TH', uses: 20, score: 55 }, { phone: 'AA', uses: 2, score: 99 }] },
};

let asked: { method: string; path: string; body: unknown }[] = [];

function serve(answers: Record<string, unknown>, otherwise = { status: 404, error: { message: 'There is no such learner.', code: 'learner_not_found' } }): void {
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push({ method: init.method ?? 'GET', path, body: typeof init.body === 'string' ? JSON.parse(init.body) : null });
    const end = /\/v1\/learners\/[^/]+(.*)$/.exec(path)?.[1] ?? '';
    const answer = answers[end];
    return answer === undefined ? Response.json({ error: otherwise.error }, { status: otherwise.status }) : Response.json(answer);
  });
}

const show = (voice = new VoiceClient()) => render(<VoiceContext value={voice}><DashboardPage /></VoiceContext>);

beforeEach(() => {
  languageStore.setState({ language: 'en' });
  asked = [];
});
afterEach(() => {
  cleanup();
  resources.invalidate('/v1/learners');
  vi.unstubAllGlobals();
});

test('a learner with a history: figures, advice, trends and sounds with their numbers of cases', async () => {
  serve(full);
  show();
  expect(await screen.findByText('120')).toBeTruthy();
  expect(await screen.findByText('Practise “discuss”, where you often say “discuss about”.')).toBeTruthy();
  expect(screen.getByText(/You speak 20 more words a minute than at the begin, with more varied words. From 12 turns on 3 days./)).toBeTruthy();
  expect(await screen.findByText('/θ/ as in thin: 55 of 100, from 20')).toBeTruthy();
  // Two cases say nothing, however good they were.
  expect(screen.getByText('/ɑ/ as in father: too few to say, 2')).toBeTruthy();
});

test('a chart: its table has the same data', async () => {
  serve(full);
  show();
  const figure = await screen.findByRole('figure', { name: 'Speed and variety' });
  fireEvent.click(within(figure).getByRole('button', { name: 'Show as table' }));
  expect(within(figure).getAllByRole('row').map((row) => row.textContent)).toEqual(['DayWords a minuteVariety of words (MTLD)Turns', '1 May70354', '2 May80404', '3 May90454']);
});

test('a chart: the arrow keys go from mark to mark', async () => {
  serve(full);
  show();
  const figure = await screen.findByRole('figure', { name: 'Minutes spoken' });
  const marks = within(figure).getAllByRole('img');
  expect(marks.map((mark) => mark.getAttribute('tabindex'))).toEqual(['-1', '-1', '0']);
  marks[2]!.focus();
  fireEvent.keyDown(marks[2]!, { key: 'ArrowLeft' });
  expect(document.activeElement).toBe(marks[1]);
  fireEvent.keyDown(marks[1]!, { key: 'Home' });
  expect(document.activeElement?.getAttribute('aria-label')).toBe('1 May: 1.5 minutes');
});

test('a review: the answer is shown, then rated, then gone', async () => {
  serve({ ...full, '/reviews/r1': {} });
  show();
  fireEvent.click(await screen.findByRole('button', { name: 'Show the answer' }));
  expect(screen.getByText('We discuss it.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Good' }));
  expect(await screen.findByText(/Nothing is due/)).toBeTruthy();
  expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({ rating: 'good' });
});

test('a review said aloud: judged by the server, which says what was missing', async () => {
  serve({ ...full, '/reviews/r1/attempts': { right: false, missing: ['discuss'], rating: 'Again' } });
  const voice = new VoiceClient();
  vi.spyOn(voice, 'prepare').mockImplementation(async () => {
    voice.microphone.store.setState({ status: 'on' });
    return true;
  });
  vi.spyOn(voice.route, 'endAside').mockReturnValue({ samples: new Int16Array(1_600), rate: 16_000 });
  show(voice);
  fireEvent.click(await screen.findByRole('button', { name: 'Say it' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Done' }));
  expect(await screen.findByText(/Not heard: discuss. It counts as “Forgotten”./)).toBeTruthy();
  expect(screen.getByText('We discuss it.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Next' }));
  expect(await screen.findByText(/Nothing is due/)).toBeTruthy();
});

test('a review without a microphone: it says so, and the answer can be shown', async () => {
  serve(full);
  show();
  fireEvent.click(await screen.findByRole('button', { name: 'Say it' }));
  expect((await screen.findByRole('alert')).textContent).toContain('no microphone');
  expect(screen.getByRole('button', { name: 'Show the answer' })).toBeTruthy();
});

test('nobody has spoken yet: it says how to begin', async () => {
  serve({});
  show();
  expect(await screen.findByRole('heading', { name: 'Nothing here yet' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Start talking' })).toBeTruthy();
});

test('the server fails: it says so, and tries again when told', async () => {
  serve({}, { status: 503, error: { message: 'The database is locked.', code: 'server_error' } });
  show();
  expect((await screen.findByRole('alert')).textContent).toContain('The database is locked.');
  serve(full);
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('120')).toBeTruthy();
});

test('a server that remembers nobody: it says that', async () => {
  serve({}, { status: 503, error: { message: 'This server remembers nobody.', code: 'not_available' } });
  show();
  expect(await screen.findByText(/remembers nobody/)).toBeTruthy();
});

test('deletion: asked once more, then done', async () => {
  serve({ ...full, '': {} });
  show();
  fireEvent.click(await screen.findByRole('button', { name: 'Delete everything' }));
  expect(asked.some(({ method }) => method === 'DELETE')).toBe(false);
  fireEvent.click(await screen.findByRole('button', { name: 'Delete for good' }));
  await waitFor(() => expect(asked.some(({ method }) => method === 'DELETE')).toBe(true));
});

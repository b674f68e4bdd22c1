import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, log, openClient, startCall, state, test } from './support/test';
import { scriptMicrophone } from './support/microphone';

const built = resolve(import.meta.dirname, '../../artifacts/web');

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? filesIn(join(folder, name)) : [join(folder, name)]));
}

const type = async (page: Page, text: string) => {
  await page.getByRole('textbox', { name: 'Type a message' }).fill(text);
  await page.keyboard.press('Enter');
};

test('What browsers get holds no secret, no address of its builder and no source map', () => {
  const files = filesIn(built);
  expect(files.length).toBeGreaterThan(20);
  const secrets = Object.entries(process.env).flatMap(([name, value]) => (/key|token|secret|password/i.test(name) && value && value.length >= 8 ? [value] : []));
  const shapes = [/-----BEGIN [A-Z ]*PRIVATE KEY/, /\bsk-[A-Za-z0-9_-]{20,}/, /\bAKIA[0-9A-Z]{16}\b/, /\bgh[pousr]_[A-Za-z0-9]{30,}/, /Bearer [A-Za-z0-9._-]{16,}/, /sourceMappingURL/];
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    expect(file).not.toMatch(/\.map$/);
    expect(shapes.filter((shape) => shape.test(text)).map(String), file).toEqual([]);
    expect(secrets.filter((secret) => text.includes(secret)).length, file).toBe(0);
    expect(text.includes(resolve(import.meta.dirname, '../..')), file).toBe(false);
  }
});

test('On every page nothing comes from another origin, and nothing may', async ({ server, chrome }) => {
  const context = await chrome.newContext();
  await scriptMicrophone(context);
  await context.addInitScript(() => {
    const broken: string[] = [];
    Object.assign(window, { broken });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => broken.push(`${violatedDirective} ${blockedURI}`));
  });
  const origins = new Set<string>();
  const note = (url: string) => /^(blob|data):/.test(url) || origins.add(new URL(url).host);
  context.on('request', (request) => note(request.url()));
  const page = await openClient(context, server.url, { path: '/' });
  page.on('websocket', (socket) => note(socket.url()));
  const violations = () => page.evaluate(() => (window as unknown as { broken: string[] }).broken);

  await startCall(page);
  await expect(page.locator('.avatar canvas')).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  for (const name of ['Progress', 'Talk']) await page.getByRole('link', { name, exact: true }).click();
  expect(await violations()).toEqual([]);
  await page.goto(new URL('/ops', server.url).href);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await violations()).toEqual([]);
  expect([...origins]).toEqual([new URL(server.url).host]);

  // The policy is at work: what is put into the page can neither run nor tell anybody.
  await page.evaluate(() => {
    document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }));
    return fetch('http://127.0.0.1:9/').catch(() => undefined);
  });
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  expect((await violations()).map((violation) => violation.split(' ')[0])).toEqual(['script-src-elem', 'connect-src']);
  await context.close();
});

test('A line on which nonsense comes between the messages: the conversation goes on as if it did not', async ({ server, chrome }) => {
  const context = await chrome.newContext();
  await scriptMicrophone(context);
  await context.addInitScript(() => {
    let last = '';
    const nonsense = (): readonly (string | ArrayBuffer)[] => [
      '',
      '{',
      'null',
      '[]',
      '{"type":"vad"}',
      '{"type":"hologram","session_id":"s","seq":1}',
      '{"type":"asr_final","session_id":"other","seq":99,"turn_id":"t9","text":"Nobody said this.","words":[]}',
      ...(last ? [last] : []),
      new ArrayBuffer(0),
      new ArrayBuffer(23),
      new Uint8Array(64).fill(255).buffer,
    ];
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        let isTelling = false;
        this.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
          if (isTelling || typeof data !== 'string') return;
          isTelling = true;
          for (const junk of nonsense()) this.dispatchEvent(new MessageEvent('message', { data: junk }));
          isTelling = false;
          last = data;
        });
      }
    };
  });
  const page = await openClient(context, server.url);
  await startCall(page);
  await type(page, 'I would like a cappuccino, please.');
  await expect(state(page)).toHaveText(/Speaking/);
  await expect(state(page)).toHaveText(/Your turn/);
  await expect(log(page)).not.toContainText('Nobody said this.');
  await expect(log(page).locator('.said')).toHaveCount(1);
  await expect(log(page).locator('.answered')).toHaveCount(2);
  // Nothing of it is said twice, and none of it is worth a notice.
  const texts = await log(page).locator('.answered .text').allTextContents();
  expect(new Set(texts).size).toBe(texts.length);
  await expect(page.locator('.notice')).toHaveCount(0);
  await context.close();
});

test('A server of another version: the page says so and offers to load itself again', async ({ server, chrome }) => {
  const context = await chrome.newContext();
  await scriptMicrophone(context);
  await context.addInitScript(() => {
    window.WebSocket = class extends WebSocket {
      override get protocol(): string {
        return super.protocol && 'parley.v2';
      }
    };
  });
  const page = await openClient(context, server.url);
  await page.getByRole('button', { name: 'Start talking' }).click();
  await expect(page.getByRole('alert')).toContainText('speaks another version than this page');
  await page.getByRole('button', { name: 'Load again' }).click();
  await expect(page.getByRole('button', { name: 'Start talking' })).toBeVisible();
  await context.close();
});

test('Panels that throw, or can’t be loaded: they say so, and the call goes on', async ({ server, chrome }) => {
  const context = await chrome.newContext({ serviceWorkers: 'block' });
  await scriptMicrophone(context);
  await context.route('**/assets/TurnFeedback-*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: 'export default () => { throw new Error("broken on purpose"); };' }));
  await context.route('**/assets/Avatar-*.js', (route) => route.abort());
  const page = await openClient(context, server.url, { path: '/' });
  await startCall(page);
  await expect(page.getByRole('alert').filter({ hasText: 'The tutor’s face could not be shown' })).toBeVisible();
  await type(page, 'Yesterday I go to the shop.');
  await expect(log(page).getByRole('alert')).toContainText(/Feedback could not be shown. Your conversation is not affected.\s*broken on purpose/);
  await expect(state(page)).toHaveText(/Speaking/);
  await expect(state(page)).toHaveText(/Your turn/);
  await type(page, 'I would like a cappuccino, please.');
  await expect(log(page)).toContainText('cappuccino');
  await expect(state(page)).toHaveText(/Speaking/);
  await context.close();
});

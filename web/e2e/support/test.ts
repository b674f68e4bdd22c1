import { AxeBuilder } from '@axe-core/playwright';
import { test as base, chromium, expect, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { scriptMicrophone } from './microphone';
import { ParleyServer } from './server';

/** Flags that make a headless Chromium behave as a desktop's with a microphone. */
export const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--autoplay-policy=no-user-gesture-required', '--use-fake-ui-for-media-stream'];

interface PageOptions extends BrowserContextOptions {
  /** What stands behind the address; the face is off unless a test wants it, for it starves two cores. */
  readonly path?: string;
  /** Settings in the browser's storage. */
  readonly settings?: object;
}

interface Fixtures {
  /** Opens the client in a page of its own, with a scripted microphone. */
  readonly open: (options?: PageOptions) => Promise<Page>;
  /** Opens a browser with other flags; it is closed with the test. */
  readonly launch: (args: readonly string[]) => Promise<Browser>;
}

export const test = base.extend<Fixtures, { server: ParleyServer; chrome: Browser }>({
  server: [
    async ({}, give) => {
      const server = await ParleyServer.start();
      await give(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  chrome: [
    async ({}, give) => {
      const browser = await launchChromium(flags);
      await give(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  open: async ({ server, chrome }, give) => {
    const contexts: BrowserContext[] = [];
    await give(async (options = {}) => {
      const context = await chrome.newContext(options);
      contexts.push(context);
      await scriptMicrophone(context);
      return openClient(context, server.url, options);
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
  launch: async ({}, give) => {
    const browsers: Browser[] = [];
    await give(async (args) => {
      const browser = await launchChromium(args);
      browsers.push(browser);
      return browser;
    });
    await Promise.all(browsers.map((browser) => browser.close()));
  },
});

export { expect };

function launchChromium(args: readonly string[]): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: [...args] });
}

export async function openClient(context: BrowserContext, url: string, { path = '/?avatar=off', settings }: PageOptions = {}): Promise<Page> {
  await context.addInitScript((kept) => {
    if (!localStorage.getItem('parley.settings')) localStorage.setItem('parley.settings', JSON.stringify(kept));
  }, settings ?? {});
  const page = await context.newPage();
  // Whatever a test is about: a page that complains fails it.
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(new URL(path, url).href);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  return page;
}

/** Starts the call and waits until the tutor has greeted. */
export async function startCall(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start talking' }).click();
  await expect(log(page).locator('.answered[data-state="heard"]')).toHaveCount(1);
  await expect(state(page)).toHaveText(/Your turn/);
}

/** Whose turn it is. */
export const state = (page: Page) => page.locator('.state');
export const log = (page: Page) => page.getByRole('log');

export async function expectAccessible(page: Page): Promise<void> {
  // Colours are judged where they come to rest.
  await page.waitForTimeout(200);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

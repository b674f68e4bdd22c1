import { gzipSync } from 'node:zlib';
import { expect, log, test } from './support/test';

test('The page is isolated, so that worklets may share memory', async ({ open }) => {
  const page = await open();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('The first load is no more than 250 kB of script, gzipped', async ({ chrome, server }) => {
  const context = await chrome.newContext();
  const page = await context.newPage();
  const scripts: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (/javascript/.test(response.headers()['content-type'] ?? '')) scripts.push(response.body());
  });
  await page.goto(server.url);
  await expect(page.getByRole('button', { name: 'Start talking' })).toBeVisible();
  const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(250_000);
  await context.close();
});

test('Twenty calls leave nothing behind', async ({ open }) => {
  const page = await open({ settings: { scenario: '' } });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const measure = async () => {
    await page.requestGC();
    await page.requestGC();
    const { metrics } = await devtools.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  const call = async () => {
    await page.getByRole('button', { name: 'Start talking' }).click();
    await expect(page.locator('.state')).toHaveText(/Your turn/);
    await expect(page.locator('.notice')).toHaveCount(0);
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Start talking' })).toBeEnabled();
  };
  // Engines compile what is used often, which is no leak.
  for (let i = 0; i < 15; i++) await call();
  const before = await measure();
  for (let i = 0; i < 20; i++) await call();
  const after = await measure();
  const grown = (name: string) => (after[name] ?? 0) - (before[name] ?? 0);
  expect(grown('AudioWorkletProcessors')).toBe(0);
  expect(grown('AudioHandlers')).toBe(0);
  expect(grown('JSEventListeners')).toBeLessThanOrEqual(2);
  expect(grown('Nodes')).toBeLessThanOrEqual(20);
  expect(grown('JSHeapUsedSize') / 20).toBeLessThan(10_000);
});

test('Ten thousand turns scroll without long tasks', async ({ open }) => {
  const page = await open({ path: '/nowhere' });
  // A server that has much to say.
  await page.addInitScript(() => {
    class TalkativeServer extends EventTarget {
      binaryType = 'arraybuffer';
      readonly bufferedAmount = 0;
      readonly protocol = 'parley.v1';
      #seq = 0;
      constructor() {
        super();
        setTimeout(() => this.dispatchEvent(new Event('open')));
      }
      send(frame: string | ArrayBuffer): void {
        if (typeof frame !== 'string' || !frame.includes('session.start')) return;
        this.#tell({ type: 'session.ready', resume_token: 't', resumed: false, config: {}, engines: {} });
        for (let i = 0; i < 10_000; i++) this.#tell({ type: 'asr_final', turn_id: `t${i}`, text: `This is what I said in turn ${i}.`, words: [] });
      }
      close(): void {}
      #tell(message: object): void {
        this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify({ ...message, session_id: 's', seq: ++this.#seq }) }));
      }
    }
    Object.assign(window, { WebSocket: TalkativeServer });
  });
  await page.goto(new URL('/?avatar=off', page.url()).href);
  await page.getByRole('button', { name: 'Start talking' }).click();
  await expect(log(page)).toContainText('turn 9999');
  expect(await log(page).getByRole('article').count()).toBeLessThan(60);
  const scroll = () =>
    log(page).evaluate(async (element) => {
      let worst = 0;
      const observer = new PerformanceObserver((list) => list.getEntries().forEach((entry) => (worst = Math.max(worst, entry.duration))));
      observer.observe({ type: 'longtask' });
      for (let step = 0; step < 120; step++) {
        element.scrollTop -= 900;
        await new Promise(requestAnimationFrame);
      }
      observer.disconnect();
      return worst;
    });
  // What is long by itself is long each time; what other programs made long is not.
  await expect(async () => expect(await scroll()).toBeLessThanOrEqual(50)).toPass({ timeout: 60_000 });
});

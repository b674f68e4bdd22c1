import { gzipSync } from 'node:zlib';
import { expectNoGrowth, interpreted } from './support/footprint';
import { measured } from './support/measured';
import { scriptMicrophone } from './support/microphone';
import { tasksOf } from './support/tasks';
import { expect, flags, log, openClient, test } from './support/test';

test('The page is isolated, so that worklets may share memory', async ({ open }) => {
  const page = await open();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('The first load is no more than 250 kB of script, gzipped; the head, which comes with the first call, no more than 1 MB', async ({ chrome, server }) => {
  const context = await chrome.newContext({ serviceWorkers: 'block' });
  await scriptMicrophone(context);
  const page = await context.newPage();
  const scripts: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (/javascript/.test(response.headers()['content-type'] ?? '')) scripts.push(response.body());
  });
  const loaded = async () => (await Promise.all(scripts)).reduce((sum, script) => sum + gzipSync(script).length, 0);
  await page.goto(server.url);
  const start = page.getByRole('button', { name: 'Start talking' });
  await expect(start).toBeVisible();
  const first = await loaded();
  await start.click();
  await expect(page.locator('.avatar canvas')).toBeVisible();
  const head = (await loaded()) - first;
  measured(`Script, gzipped: ${(first / 1000).toFixed(0)} kB at first, ${(head / 1000).toFixed(0)} kB more with the head`);
  expect(first).toBeLessThan(250_000);
  expect(head).toBeGreaterThan(0);
  expect(head).toBeLessThanOrEqual(1_000_000);
  await context.close();
});

test('Twenty calls leave nothing behind', async ({ launch, server }) => {
  test.slow();
  const context = await (await launch([...flags, ...interpreted])).newContext();
  await scriptMicrophone(context);
  const page = await openClient(context, server.url, { settings: { scenario: '' } });
  await expectNoGrowth(page, 'A call', async () => {
    await page.getByRole('button', { name: 'Start talking' }).click();
    await expect(page.locator('.state')).toHaveText(/Your turn/);
    await expect(page.locator('.notice')).toHaveCount(0);
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Start talking' })).toBeEnabled();
  });
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
      for (let step = 0; step < 120; step++) {
        element.scrollTop -= 900;
        await new Promise(requestAnimationFrame);
      }
    });
  await scroll();
  const before = await log(page).evaluate((element) => element.scrollTop);
  const tasks = await tasksOf(page, scroll);
  expect(before - (await log(page).evaluate((element) => element.scrollTop))).toBeGreaterThan(50_000);
  measured(`10,000 turns, 120 steps: ${tasks.length} tasks, the longest ${tasks.slice(0, 3).map((ms) => ms.toFixed(1)).join(', ')} ms of the processor`);
  expect(tasks.length).toBeGreaterThan(120);
  expect(tasks[0]).toBeLessThanOrEqual(50);
});

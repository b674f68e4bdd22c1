import { say } from './support/microphone';
import { expect, expectAccessible, log, startCall, state, test } from './support/test';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`Nothing stands in the way, ${colorScheme}: before the call, in it, its dialogs and its feedback`, async ({ open }) => {
    const page = await open({ colorScheme, settings: { noiseSuppression: false } });
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Test the microphone' }).click();
    await expect(page.getByRole('meter')).toBeVisible();
    await expectAccessible(page);
    await startCall(page);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');

    await say(page, 'I would like a cappuccino, please.');
    await expect(log(page)).toContainText(/Pronunciation about/);
    await page.getByRole('textbox', { name: 'Type a message' }).fill('Yesterday I go to the shop.');
    await page.keyboard.press('Enter');
    await expect(log(page).locator('.corrections')).toBeVisible();
    await expectAccessible(page);
    await log(page).getByRole('button', { name: /Show its sounds/ }).first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Say it', exact: true }).first().click();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.evaluate(() => window.scripted.unplug());
    await expect(page.locator('.notice')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Start talking' })).toBeVisible();
    await expectAccessible(page);
  });
}

for (const path of ['/progress', '/ops', '/nowhere']) {
  test(`Nothing stands in the way at ${path}`, async ({ open }) => {
    await expectAccessible(await open({ path }));
  });
}

test('The interface is Chinese where the reader is', async ({ open }) => {
  const page = await open({ locale: 'zh-CN' });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('与 Parley 对话');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expectAccessible(page);
});

test('The whole way by keyboard', async ({ open }) => {
  const page = await open();
  const focusOn = async (name: RegExp) => {
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
      if (name.test(focused)) return;
    }
    throw new Error(`Tab does not come to ${name}.`);
  };
  await focusOn(/^Skip/);
  await focusOn(/^Start talking/);
  await page.keyboard.press('Enter');
  await expect(state(page)).toHaveText(/Your turn/);
  await focusOn(/^Type a message/);
  await page.keyboard.type('Hello there');
  // Keys that mean something elsewhere are letters here.
  await page.keyboard.type(' m');
  await page.keyboard.press('Enter');
  await expect(log(page)).toContainText('Hello there m');
  await expect(state(page)).toHaveText(/Speaking/);
  await page.keyboard.press('Escape');
  await expect(state(page)).toHaveText(/Your turn/);
  await focusOn(/^Settings/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await focusOn(/^End/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Start talking' })).toBeVisible();
});

test('From 360 px to 4K nothing is wider than the window', async ({ open }) => {
  const page = await open();
  const sizes = [[360, 640], [768, 1024], [1280, 800], [3840, 2160]] as const;
  const expectFits = async () => {
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  };
  await page.getByRole('button', { name: 'Test the microphone' }).click();
  await expectFits();
  await startCall(page);
  await expectFits();
});

import { expectFits } from './support/layout';
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
  test.slow();
  const page = await open();
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
  const focusOn = async (name: RegExp) => {
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press('Tab');
      if (name.test(await focused())) return;
    }
    throw new Error(`Tab does not come to ${name}.`);
  };
  const press = async (name: RegExp) => {
    await focusOn(name);
    await page.keyboard.press('Enter');
  };
  const dialog = page.getByRole('dialog');
  const leave = async () => {
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  };

  // Begin: past the head of the page, with a look whether one will be heard.
  await press(/^Skip/);
  await press(/^Test the microphone/);
  await expect(page.getByRole('meter')).toBeVisible();
  await press(/^Start talking/);
  await expect(state(page)).toHaveText(/Your turn/);

  // Talk: typed, stopped, corrected, chosen from what is offered.
  await focusOn(/^Type a message/);
  await page.keyboard.type('Yesterday I go to the shop');
  // Keys that mean something elsewhere are letters here.
  await page.keyboard.type(' m');
  await page.keyboard.press('Enter');
  await expect(log(page)).toContainText('Yesterday I go to the shop m');
  await expect(state(page)).toHaveText(/Speaking/);
  await page.keyboard.press('Escape');
  await expect(state(page)).toHaveText(/Your turn/);
  await expect(log(page).locator('.corrections')).toBeVisible();
  await press(/^Say it$/);
  await expect(dialog).toBeVisible();
  await leave();
  // The focus is where it was.
  expect(await focused()).toBe('Say it');
  await press(/^Got it/);
  await expect(log(page).locator('.corrections [data-done]')).toBeVisible();

  // Settings: a list by its arrows, a switch by Space; then the turn is held open by the key that is held.
  await press(/^Settings/);
  await expect(dialog).toBeVisible();
  const patience = dialog.getByRole('combobox', { name: /^Patience/ });
  const before = await patience.inputValue();
  await patience.focus();
  await page.keyboard.press('ArrowDown');
  expect(await patience.inputValue()).not.toBe(before);
  const pushToTalk = dialog.getByRole('checkbox', { name: /Push to talk/ });
  await pushToTalk.focus();
  await page.keyboard.press('Space');
  await expect(pushToTalk).toBeChecked();
  await leave();
  await focusOn(/^Hold to talk/);
  await page.keyboard.down('Enter');
  await expect(state(page)).toHaveText(/Listening/);
  await page.keyboard.up('Enter');
  await expect(state(page)).not.toHaveText(/Listening/);

  // Progress, in the midst of the call: a chart as a table, and its marks by the arrows.
  await press(/^Progress/);
  await expect(page.getByText('different words', { exact: true })).toBeVisible();
  await press(/^Show as table/);
  await expect(page.getByRole('table')).toBeVisible();
  await press(/^Show as chart/);
  await press(/^Show the answer/);
  await press(/^Good$/);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await press(/^Talk$/);
  await expect(log(page)).toContainText('Yesterday I go to the shop m');
  await press(/^End/);
  await expect(page.getByRole('button', { name: 'Start talking' })).toBeVisible();
});

test('From 360 px to 4K nothing is wider than the window', async ({ open }) => {
  test.slow();
  const page = await open({ settings: { noiseSuppression: false } });
  await page.getByRole('button', { name: 'Test the microphone' }).click();
  await expectFits(page);
  await startCall(page);
  await expectFits(page);
  await say(page, 'I would like a cappuccino, please.');
  await expect(log(page)).toContainText(/Pronunciation about/);
  await page.getByRole('textbox', { name: 'Type a message' }).fill('Yesterday I go to the shop, and Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen.');
  await page.keyboard.press('Enter');
  await expect(log(page).locator('.corrections')).toBeVisible();
  await expectFits(page);
  for (const name of [/Show its sounds/, /^Say it$/, /^Settings$/]) {
    await page.getByRole('button', { name }).first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectFits(page);
    await page.keyboard.press('Escape');
  }
  await page.getByText('Reading').click();
  await expectFits(page);
  await page.evaluate(() => window.scripted.unplug());
  await expect(page.locator('.notice')).toBeVisible();
  await expectFits(page);
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await expectFits(page);
});

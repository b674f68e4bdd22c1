import { expect, flags, log, openClient, startCall, state, test } from './support/test';

const withoutConsent = flags.filter((flag) => flag !== '--use-fake-ui-for-media-stream');

test('Heard through the browser’s own microphone: the meter moves before the call', async ({ server, launch }) => {
  const browser = await launch([...flags, '--use-fake-device-for-media-stream']);
  const page = await openClient(await browser.newContext(), server.url);
  await page.getByRole('button', { name: 'Test the microphone' }).click();
  const meter = page.getByRole('meter', { name: 'Level of the microphone' });
  await expect.poll(() => meter.evaluate((element: HTMLMeterElement) => element.value)).toBeGreaterThan(20);
  const microphone = page.getByRole('combobox', { name: /^Microphone/ });
  await expect(microphone.getByRole('option')).not.toHaveCount(1);
  await microphone.selectOption({ index: 1 });
  await expect.poll(() => meter.evaluate((element: HTMLMeterElement) => element.value)).toBeGreaterThan(20);
});

test('Permission denied: says how to allow it, and one can type', async ({ server, launch }) => {
  const browser = await launch([...withoutConsent, '--use-fake-device-for-media-stream', '--deny-permission-prompts']);
  const page = await openClient(await browser.newContext(), server.url);
  await startCall(page);
  await expect(page.locator('.notices')).toContainText('The microphone is not allowed');
  await page.getByRole('textbox', { name: 'Type a message' }).fill('I would like a cappuccino, please.');
  await page.keyboard.press('Enter');
  await expect(log(page).locator('.answered')).toHaveCount(2);
});

test('No microphone: says so, and one can type', async ({ server, launch }) => {
  const browser = await launch(flags);
  const page = await openClient(await browser.newContext(), server.url);
  await startCall(page);
  await expect(page.locator('.notices')).toContainText('There is no microphone');
});

test('A microphone that is unplugged in the call is missed, and found again', async ({ open }) => {
  const page = await open();
  await startCall(page);
  await page.evaluate(() => window.scripted.unplug());
  await expect(page.locator('.notices')).toContainText('was unplugged');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('.notices')).not.toContainText('was unplugged');
});

test('A suspended context: one tap turns the sound on', async ({ server, chrome }) => {
  const context = await chrome.newContext();
  await context.addInitScript(() => {
    const made: AudioContext[] = [];
    const { AudioContext: Original } = window;
    window.AudioContext = class extends Original {
      constructor(options?: AudioContextOptions) {
        super(options);
        made.push(this);
      }
    };
    Object.assign(window, { suspendAll: () => Promise.all(made.map((audio) => audio.suspend())) });
  });
  const page = await openClient(context, server.url);
  await startCall(page);
  await page.evaluate(() => (window as unknown as { suspendAll: () => Promise<void> }).suspendAll());
  await page.getByRole('button', { name: 'Turn the sound on' }).click();
  await expect(page.getByRole('button', { name: 'Turn the sound on' })).toHaveCount(0);
  await context.close();
});

test('Without WebGL a drawn face takes over', async ({ server, launch }) => {
  const browser = await launch([...flags, '--disable-3d-apis']);
  const page = await openClient(await browser.newContext(), server.url, { path: '/' });
  await startCall(page);
  await expect(page.locator('.avatar[data-rung="flat"]')).toBeVisible();
});

test('Muted: says so, and M takes it back', async ({ open }) => {
  const page = await open();
  await startCall(page);
  await page.locator('.stage').click();
  await page.keyboard.press('m');
  await expect(state(page)).toHaveText(/You are muted/);
  await page.keyboard.press('m');
  await expect(state(page)).toHaveText(/Your turn/);
});

import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { say, scriptMicrophone } from './support/microphone';
import { expect, log, openClient, startCall, state, test } from './support/test';

const images = resolve(import.meta.dirname, '../../docs/images');

/** The pictures of the documentation: `npm run pictures` takes them from the real client. */
test('The client in a conversation', async ({ server, chrome }) => {
  const context = await chrome.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
  await scriptMicrophone(context);
  const page = await openClient(context, server.url, { path: '/', settings: { noiseSuppression: false } });
  await startCall(page);
  await say(page, 'I would like a cappuccino, please.');
  await expect(log(page)).toContainText(/Pronunciation about/);
  await expect(state(page)).toHaveText(/Your turn/);
  await page.getByRole('textbox', { name: 'Type a message' }).fill('A small one, please.');
  await page.keyboard.press('Enter');
  await expect(log(page).locator('[data-lit]')).toBeVisible();
  await expect(state(page)).toHaveText(/Speaking/);
  // A machine that is busy may have complained.
  for (const dismiss of await page.getByRole('button', { name: 'Dismiss' }).all()) await dismiss.click();
  await savePicture(page, 'client.webp');
  await context.close();
});

/** As WebP, which browsers write themselves. */
async function savePicture(page: Page, name: string): Promise<void> {
  const png = await page.screenshot();
  const encoder = await page.context().newPage();
  const webp = await encoder.evaluate(async (source) => {
    const picture = await createImageBitmap(await (await fetch(source)).blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    canvas.getContext('2d')!.drawImage(picture, 0, 0);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality: 0.85 })).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  }, `data:image/png;base64,${png.toString('base64')}`);
  await encoder.close();
  await writeFile(resolve(images, name), Buffer.from(webp, 'base64'));
}

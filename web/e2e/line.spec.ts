import { ParleyServer } from './support/server';
import { expect, log, openClient, startCall, state, test } from './support/test';
import { scriptMicrophone } from './support/microphone';

test('A server that is restarted in the midst of a reply: captions stay, and the conversation goes on', async ({ chrome }) => {
  const server = await ParleyServer.start();
  const context = await chrome.newContext();
  try {
    await scriptMicrophone(context);
    const page = await openClient(context, server.url);
    await startCall(page);
    const before = await log(page).locator('.text').allTextContents();
    await page.getByRole('textbox', { name: 'Type a message' }).fill('I would like a cappuccino, please.');
    await page.keyboard.press('Enter');
    await expect(state(page)).toHaveText(/Speaking/);

    await server.kill();
    await expect(page.locator('.notices')).toContainText(/The line is broken/);
    await server.restart();
    await expect(page.locator('.notices')).toContainText('The conversation goes on.');

    const after = await log(page).locator('.text').allTextContents();
    expect(after.slice(0, before.length)).toEqual(before);
    await expect(log(page)).toContainText('I would like a cappuccino, please.');
    await expect(state(page)).toHaveText(/Your turn/);
    await page.getByRole('textbox', { name: 'Type a message' }).fill('A small one, please.');
    await page.keyboard.press('Enter');
    await expect(state(page)).toHaveText(/Speaking/);
    // Nothing was said twice.
    const texts = await log(page).locator('.answered .text').allTextContents();
    expect(new Set(texts).size).toBe(texts.length);
  } finally {
    await context.close();
    await server.stop();
  }
});

test('A server that asks for a key gets it from the user', async ({ chrome }) => {
  const server = await ParleyServer.start('--Parley:Gateway:ApiKeys:0=open-sesame');
  const context = await chrome.newContext();
  try {
    await scriptMicrophone(context);
    const page = await openClient(context, server.url);
    await page.getByRole('button', { name: 'Start talking' }).click();
    await expect(page.getByRole('alert')).toContainText('asks for a key');
    await page.getByRole('textbox', { name: 'Key' }).or(page.getByLabel('Key', { exact: true })).fill('open-sesame');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(state(page)).toHaveText(/Your turn|Speaking/);
  } finally {
    await context.close();
    await server.stop();
  }
});

test('The shell opens without the server, and the call begins when it is back', async ({ chrome }) => {
  const server = await ParleyServer.start();
  const context = await chrome.newContext();
  try {
    await scriptMicrophone(context);
    const page = await openClient(context, server.url);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await server.kill();
    await page.reload();
    await page.getByRole('button', { name: 'Start talking' }).click();
    await expect(page.locator('.notices')).toContainText(/The line is broken/);
    await server.restart();
    await expect(state(page)).toHaveText(/Your turn|Speaking/);
  } finally {
    await context.close();
    await server.stop();
  }
});

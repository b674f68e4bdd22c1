import { say } from './support/microphone';
import { expect, log, startCall, state, test } from './support/test';

test('Three turns are heard, answered and judged; an answer is interrupted by voice', async ({ open }) => {
  const page = await open({ settings: { level: 'B1', scenario: 'cafe', noiseSuppression: false } });
  await startCall(page);
  const suggestions = page.getByRole('list', { name: 'You could say' }).getByRole('button');
  await expect(log(page)).toContainText('Tutor');

  await say(page, 'I would like a cappuccino, please.');
  await expect(log(page).locator('.said')).toContainText(/cappuccino/i);
  await expect(state(page)).toHaveText(/Speaking/);
  await expect(log(page).locator('[data-lit]')).toBeVisible();
  await expect(state(page)).toHaveText(/answered in/);
  await expect(log(page)).toContainText(/Pronunciation about \d+ of 100/);
  await expect(page.getByText(/Heard clearly: \d+ of \d+ words/)).toBeVisible();
  await expect(state(page)).toHaveText(/Your turn/);

  await say(page, (await suggestions.first().textContent())!);
  await expect(state(page)).toHaveText(/Speaking/);
  await say(page, 'No, stop, wait a moment please.');
  await expect(log(page)).toContainText('(interrupted)');
  await expect(log(page).locator('.said')).toHaveCount(3);
  await expect(state(page)).toHaveText(/Speaking/);
  await expect(state(page)).toHaveText(/Your turn/);

  // What was said can be heard again: the tutor's words light up once more.
  await log(page).getByRole('button', { name: 'Slowly' }).last().click();
  await expect(log(page).locator('[data-lit]')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(log(page).locator('[data-lit]')).toHaveCount(0);
  await expect(log(page).getByRole('button', { name: 'My voice' }).first()).toBeVisible();
});

test('Typing is as good a way, and Esc stops the tutor', async ({ open }) => {
  const page = await open();
  await startCall(page);
  await page.getByRole('textbox', { name: 'Type a message' }).fill('Yesterday I go to the shop.');
  await page.keyboard.press('Enter');
  await expect(log(page)).toContainText('Yesterday I go to the shop.');
  await expect(state(page)).toHaveText(/Speaking/);
  await page.keyboard.press('Escape');
  await expect(log(page)).toContainText('(interrupted)');
  await expect(log(page).locator('.corrections')).toContainText('went');
  await log(page).getByRole('button', { name: 'Got it' }).click();
  await expect(log(page).locator('.corrections [data-done]')).toBeVisible();
});

test('A sentence is said again and scored at once, beside what it was before', async ({ open }) => {
  const page = await open({ settings: { noiseSuppression: false } });
  await startCall(page);
  await say(page, 'I would like a cappuccino, please.');
  await page.getByRole('button', { name: 'Say it again' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Record' }).click();
  await expect(dialog).toContainText('Speak now');
  await say(page, (await dialog.locator('.practice-text').textContent())!);
  await expect(dialog.locator('.before-after')).toContainText(/before\d+now\d+/);
  await dialog.getByRole('button', { name: 'Model', exact: true }).click();
  await expect(dialog.getByRole('button', { name: 'Model', exact: true })).toHaveAttribute('aria-pressed', 'true');
});

test('A word opens its sounds', async ({ open }) => {
  const page = await open({ settings: { noiseSuppression: false } });
  await startCall(page);
  await say(page, 'I would like a cappuccino, please.');
  await log(page).getByRole('button', { name: /cappuccino.*Show its sounds/i }).click();
  await expect(page.getByRole('dialog').getByRole('cell')).not.toHaveCount(0);
  // Beside the voice that reads the same.
  await expect(page.getByRole('dialog').locator('.difference rect')).not.toHaveCount(0);
});

test('In push to talk only what is said while Space is held is heard', async ({ open }) => {
  const page = await open({ settings: { pushToTalk: true, noiseSuppression: false } });
  await startCall(page);
  await page.locator('.stage').click();
  await say(page, 'Nobody hears this.');
  await page.keyboard.down(' ');
  await expect(state(page)).toHaveText(/Listening/);
  await say(page, 'I would like a cappuccino, please.');
  await page.keyboard.up(' ');
  await expect(log(page).locator('.said')).toHaveCount(1);
  await expect(log(page).locator('.said')).toContainText(/cappuccino/i);
});

test('The tutor is told which page of a text is looked at', async ({ open }) => {
  const page = await open();
  const told: string[] = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => typeof payload === 'string' && payload.includes('context_update') && told.push(payload)));
  await startCall(page);
  await page.getByText('Reading').click();
  await page.getByRole('textbox', { name: 'Text' }).fill('The menu: tea.\n---\nThe bill: two pounds.');
  await page.getByRole('button', { name: 'Talk about it' }).click();
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(page.getByText('Page 2 of 2')).toBeVisible();
  expect(told.map((frame) => (JSON.parse(frame) as { text: string; page: number }).page)).toEqual([1, 2]);
});

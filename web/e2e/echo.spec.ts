import { chromium } from '@playwright/test';
import { speechOf } from './support/microphone';
import { Room } from './support/room';
import { expect, flags, log, openClient, state, test } from './support/test';

test('Over a loudspeaker the tutor does not interrupt itself, and a person can interrupt it', async ({ server }) => {
  const room = await Room.open();
  // Playwright mutes its browsers otherwise.
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: [...flags], ignoreDefaultArgs: ['--mute-audio'], env: room.env });
  try {
    const page = await openClient(await browser.newContext(), server.url);
    const interruption = await speechOf(server.url, 'No, stop. Wait a moment, please.');
    await page.getByRole('button', { name: 'Start talking' }).click();
    await expect(state(page)).toHaveText(/Speaking/);
    expect(await room.loudness(1)).toBeGreaterThan(0.05);
    await expect(state(page)).toHaveText(/Your turn/);
    await expect(log(page)).not.toContainText('(interrupted)');
    await expect(log(page).locator('.said')).toHaveCount(0);

    // Who is not heard over a voice says it again.
    await expect(async () => {
      await expect(state(page)).toHaveText(/Your turn/);
      await page.getByRole('textbox', { name: 'Type a message' }).fill('What would you recommend?');
      await page.keyboard.press('Enter');
      await expect(state(page)).toHaveText(/Speaking/);
      await room.speak(interruption);
      await expect(log(page)).toContainText('(interrupted)', { timeout: 5_000 });
    }).toPass({ timeout: 120_000 });
  } finally {
    await browser.close();
    await room.close();
  }
});

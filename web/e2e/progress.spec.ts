import { expectFits } from './support/layout';
import { expect, expectAccessible, log, startCall, state, test } from './support/test';

test('Nobody has spoken yet: the page says how to begin', async ({ open }) => {
  const page = await open({ path: '/progress' });
  await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible();
  await expectAccessible(page);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`What was said is on the page of one's progress, ${colorScheme}: seen, read as a table, reviewed, taken along, deleted`, async ({ open }) => {
    const page = await open({ colorScheme });
    await startCall(page);
    await page.getByRole('textbox', { name: 'Type a message' }).fill('Yesterday I go to the shop with my friend.');
    await page.keyboard.press('Enter');
    await expect(log(page).locator('.corrections')).toContainText('went');
    await expect(state(page)).toHaveText(/Your turn/);

    await page.getByRole('link', { name: 'Progress' }).click();
    await expect(page.getByText('different words', { exact: true })).toBeVisible();
    await expect(page.getByRole('figure', { name: 'Recurring mistakes' })).toContainText('went');
    await expectAccessible(page);
    await expectFits(page);

    await page.getByRole('figure', { name: 'New words' }).getByRole('button', { name: 'Show as table' }).click();
    await expect(page.getByRole('figure', { name: 'New words' }).getByRole('table')).toBeVisible();
    await page.getByRole('button', { name: 'Show the answer' }).click();
    await expect(page.locator('.review-answer')).toContainText('went');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Good', exact: true }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: /Take it all with you/ }).click();
    expect((await download).suggestedFilename()).toBe('parley-learner.json');
    await page.getByRole('button', { name: 'Delete everything' }).click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible();
  });
}

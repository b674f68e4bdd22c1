import { expect, test } from '@playwright/test';

test('The page is isolated, so that worklets may share memory', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

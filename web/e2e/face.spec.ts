import type { Page } from '@playwright/test';
import { expect, expectAccessible, startCall, state, test } from './support/test';

interface FaceStats {
  readonly frames: number;
  readonly calls: number;
  readonly triangles: number;
  readonly scriptMs: number;
  readonly geometries: number;
  readonly textures: number;
}

const face = (page: Page) => page.locator('.avatar');
const stats = (page: Page): Promise<FaceStats> => page.locator('.avatar canvas').evaluate((canvas) => (canvas as unknown as { faceStats: FaceStats }).faceStats);
const small = { viewport: { width: 480, height: 640 } };

test('The head: few draws, little script, and not a frame while nothing happens', async ({ open }) => {
  const page = await open({ path: '/', ...small });
  await startCall(page);
  await expect(face(page)).toHaveAttribute('data-rung', '3d');
  await expect.poll(async () => (await stats(page)).frames).toBeGreaterThan(10);
  const spoken = await stats(page);
  expect(spoken.calls).toBeLessThanOrEqual(25);
  expect(spoken.triangles).toBeLessThanOrEqual(40_000);
  expect(spoken.scriptMs).toBeLessThanOrEqual(2);
  await expectAccessible(page);

  await expect.poll(async () => {
    const before = await stats(page);
    await page.waitForTimeout(3_000);
    return (await stats(page)).frames - before.frames;
  }).toBe(0);
});

test('Call after call: the same canvas, and no more in it', async ({ open }) => {
  const page = await open({ path: '/', ...small });
  const after: FaceStats[] = [];
  for (let call = 0; call < 5; call++) {
    await page.getByRole('button', { name: /^(Start|Talk)/ }).first().click();
    await expect(state(page)).toHaveText(/Your turn|Speaking/);
    await expect(page.locator('.avatar canvas')).toHaveCount(1);
    await expect.poll(async () => (await stats(page)).frames).toBeGreaterThan((after.at(-1)?.frames ?? 0) + 2);
    after.push(await stats(page));
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await expect(page.locator('.avatar')).toHaveCount(0);
  }
  expect(after.at(-1)!.geometries).toBe(after[1]!.geometries);
  expect(after.at(-1)!.textures).toBe(after[1]!.textures);
});

test('The graphics are lost: a drawn face goes on speaking', async ({ open }) => {
  const page = await open({ path: '/', ...small });
  await startCall(page);
  await expect(page.locator('.avatar canvas')).toBeVisible();
  await page.locator('.avatar canvas').evaluate((canvas: HTMLCanvasElement) => canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!.loseContext());
  await expect(face(page)).toHaveAttribute('data-rung', 'flat');
  await expectMouthToMove(page);
});

test('Less motion is wanted: a drawn face, whose mouth alone moves', async ({ open }) => {
  const page = await open({ path: '/', reducedMotion: 'reduce' });
  await startCall(page);
  await expect(face(page)).toHaveAttribute('data-rung', 'flat');
  await expectMouthToMove(page);
  await expectAccessible(page);
});

test('No face is wanted: there is none', async ({ open }) => {
  const page = await open({ path: '/?avatar=off' });
  await startCall(page);
  await expect(face(page)).toHaveCount(0);
});

test('A head of the user’s own that is broken: the built-in one stays, and it is said why', async ({ open }) => {
  const page = await open({ path: '/', ...small });
  await startCall(page);
  await expect(page.locator('.avatar canvas')).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByLabel(/A head of your own/).setInputFiles({ name: 'broken.glb', mimeType: 'model/gltf-binary', buffer: Buffer.from('glTF but no more') });
  await expect(page.getByRole('alert')).toContainText('the built-in head stays');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Use the built-in head' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(face(page)).toHaveAttribute('data-rung', '3d');
});

/** Has the tutor answer, and looks at the drawn mouth meanwhile. */
async function expectMouthToMove(page: Page): Promise<void> {
  const mouth = page.locator('.avatar-flat path').last();
  const atRest = await mouth.getAttribute('d');
  await page.getByRole('textbox', { name: 'Type a message' }).fill('Good morning!');
  await page.keyboard.press('Enter');
  await expect.poll(() => mouth.getAttribute('d'), { timeout: 20_000, intervals: [50] }).not.toBe(atRest);
}

import type { Page } from '@playwright/test';
import { sampleGlb, sampleVrm } from '../src/features/avatar/models/testing/sampleHeads';
import { expectNoGrowth, interpreted } from './support/footprint';
import { measured } from './support/measured';
import { scriptMicrophone } from './support/microphone';
import { expect, expectAccessible, flags, openClient, startCall, state, test } from './support/test';

interface FaceStats {
  readonly frames: number;
  readonly calls: number;
  readonly triangles: number;
  readonly scriptMs: number;
  readonly geometries: number;
  readonly textures: number;
  readonly programs: number;
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

test('Call after call: the same canvas, and no more in it', async ({ launch, server }) => {
  test.setTimeout(900_000);
  const context = await (await launch([...flags, ...interpreted])).newContext(small);
  await scriptMicrophone(context);
  const page = await openClient(context, server.url, { path: '/', settings: { scenario: '' } });
  const kept: FaceStats[] = [];
  await expectNoGrowth(page, 'A call with the head', async () => {
    const frames = kept.at(-1)?.frames ?? 0;
    await page.getByRole('button', { name: 'Start talking' }).click();
    await expect(state(page)).toHaveText(/Your turn/);
    await expect(page.locator('.avatar canvas')).toHaveCount(1);
    await expect.poll(async () => (await stats(page)).frames).toBeGreaterThan(frames + 2);
    kept.push(await stats(page));
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await expect(page.locator('.avatar')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Start talking' })).toBeEnabled();
  });
  const held = ({ geometries, textures, programs }: FaceStats) => ({ geometries, textures, programs });
  measured(`In the canvas, first and last: ${JSON.stringify([held(kept[1]!), held(kept.at(-1)!)])}`);
  expect(held(kept.at(-1)!)).toEqual(held(kept[1]!));
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

const ownHeads = {
  GLB: ['head.glb', sampleGlb(['viseme_aa', 'viseme_PP', 'viseme_FF', 'viseme_O', 'viseme_U', 'viseme_E', 'viseme_I', 'viseme_DD'])],
  'VRM 1.0': ['head.vrm', sampleVrm(['aa', 'ih', 'ou', 'ee', 'oh'])],
} as const;
for (const [kind, [name, file]] of Object.entries(ownHeads)) {
  test(`A head of the user’s own, ${kind}: it takes the built-in one’s place, speaks, and is there the next time`, async ({ open }) => {
    const page = await open({ path: '/', ...small });
    await startCall(page);
    await expect.poll(async () => (await stats(page)).triangles).toBeGreaterThan(1_000);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel(/A head of your own/).setInputFiles({ name, mimeType: 'model/gltf-binary', buffer: Buffer.from(file) });
    await expect(page.getByText(`Chosen: ${name}`)).toBeVisible();
    await page.keyboard.press('Escape');
    // Two rectangles are all that it has; it wears no eyes that could blink.
    await expect.poll(async () => (await stats(page)).triangles).toBe(4);
    await expect(page.getByRole('alert')).toHaveCount(0);

    const canvas = page.locator('.avatar canvas');
    await expect(state(page)).toHaveText(/Your turn/);
    await page.getByRole('textbox', { name: 'Type a message' }).fill('What would you recommend?');
    const atRest = await canvas.screenshot();
    await page.keyboard.press('Enter');
    await expect(state(page)).toHaveText(/Speaking/);
    await expect(async () => expect((await canvas.screenshot()).equals(atRest)).toBe(false)).toPass();

    await page.reload();
    await page.getByRole('button', { name: 'Start talking' }).click();
    await expect.poll(async () => (await stats(page)).triangles).toBe(4);
  });
}

/** Has the tutor answer, and looks at the drawn mouth meanwhile. */
async function expectMouthToMove(page: Page): Promise<void> {
  const mouth = page.locator('.avatar-flat path').last();
  const atRest = await mouth.getAttribute('d');
  await page.getByRole('textbox', { name: 'Type a message' }).fill('Good morning!');
  await page.keyboard.press('Enter');
  await expect.poll(() => mouth.getAttribute('d'), { timeout: 20_000, intervals: [50] }).not.toBe(atRest);
}

import { say } from './support/microphone';
import { expectFits } from './support/layout';
import { ParleyServer } from './support/server';
import { expect, expectAccessible, openClient, startCall, state, test } from './support/test';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`The operator sees who talks, how quickly, and what happened, ${colorScheme}`, async ({ open }) => {
    const page = await open({ settings: { noiseSuppression: false, record: true } });
    await startCall(page);
    await say(page, 'I would like a cappuccino, please.');
    await expect(state(page)).toHaveText(/Speaking/);
    await expect(state(page)).toHaveText(/Your turn/);

    const ops = await open({ path: '/ops', colorScheme });
    await expect(ops.getByRole('region', { name: 'Live sessions' })).toContainText('idle');
    await expect(ops.getByRole('figure', { name: 'Latency by stage' })).toContainText('Answer begins');
    await expect(ops.getByRole('figure', { name: 'Turn by turn' })).toContainText('Recognising');
    await expect(ops.getByRole('region', { name: 'Engines' })).toContainText('pocketsphinx');
    await expectAccessible(ops);
    await expectFits(ops);

    await ops.getByRole('button', { name: /Look into it/ }).first().click();
    await expect(ops.locator('.entries')).toContainText('session.begin');
    await expectAccessible(ops);
    await expectFits(ops);
  });
}

test('A server with keys: an operator’s key opens the console, a user’s does not', async ({ chrome }) => {
  const server = await ParleyServer.start('--Parley:Gateway:ApiKeys:0=user', '--Parley:Gateway:OperatorKeys:0=boss');
  const context = await chrome.newContext();
  try {
    const page = await openClient(context, server.url, { path: '/ops' });
    for (const [key, opens] of [['user', false], ['boss', true]] as const) {
      await page.getByLabel('Operator’s key').fill(key);
      await page.getByRole('button', { name: 'Use this key' }).click();
      if (opens) await expect(page.getByText('Nobody is talking now.')).toBeVisible();
      else await expect(page.getByRole('heading', { name: 'This page is for operators' })).toBeVisible();
      await expectAccessible(page);
    }
  } finally {
    await context.close();
    await server.stop();
  }
});

import { say, scriptMicrophone } from './support/microphone';
import { measured } from './support/measured';
import { measureCut, pressEscape, probePlayback, type Cut } from './support/playbackProbe';
import { expect, log, openClient, startCall, state, test } from './support/test';

const quantum = 128;
const question = 'What would you recommend?';

for (const isolated of [true, false]) {
  test(`The voice is cut ${isolated ? 'within one quantum' : 'within 12 ms'}, ${isolated ? 'with' : 'without'} shared memory`, async ({ chrome, server }) => {
    test.slow();
    const context = await chrome.newContext({ bypassCSP: true });
    await scriptMicrophone(context);
    await probePlayback(context, isolated);
    const page = await openClient(context, server.url, { settings: { noiseSuppression: false } });
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(isolated);
    await startCall(page);

    const cuts: Record<'escape' | 'busy' | 'voice', Cut[]> = { escape: [], busy: [], voice: [] };
    const ask = async () => {
      await page.getByRole('textbox', { name: 'Type a message' }).fill(question);
      await page.keyboard.press('Enter');
      await expect(state(page)).toHaveText(/Speaking/);
    };
    for (let i = 0; i < 16; i++) {
      await ask();
      const busy = i % 2 === 1;
      cuts[busy ? 'busy' : 'escape'].push(await measureCut(page, () => pressEscape(page, busy)));
      await expect(state(page)).toHaveText(/Your turn/);
    }
    for (let i = 0; i < 3; i++) {
      await ask();
      cuts.voice.push(await measureCut(page, () => say(page, 'No, stop, wait a moment please.')));
      await expect(log(page)).toContainText('(interrupted)');
      await expect(async () => {
        await page.keyboard.press('Escape');
        await expect(state(page)).toHaveText(/Your turn/, { timeout: 2_000 });
      }).toPass();
    }

    for (const [how, all] of Object.entries(cuts)) {
      // Between two words there is nothing to cut.
      const heard = all.filter((cut) => cut.sounded);
      const ms = heard.map(({ overhang, rate }) => (overhang / rate) * 1000).toSorted((a, b) => a - b);
      const frames = heard.map((cut) => cut.afterQuantum).toSorted((a, b) => a - b);
      measured(`${how}, by ${isolated ? 'shared memory' : 'messages'}, at ${heard[0]?.rate} Hz: silent after ${ms.map((value) => value.toFixed(1)).join(' ')} ms; sounding frames of quanta after the cut: ${frames.join(' ')}`);
      expect(heard.length).toBeGreaterThanOrEqual(how === 'voice' ? 1 : 5);
      expect(ms.at(-1)).toBeLessThanOrEqual(12);
      if (isolated) expect(frames.at(-1)).toBeLessThanOrEqual(quantum);
    }
    await context.close();
  });
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { probeLips, watched } from './support/lipProbe';
import { judgeLips, type LipSync } from './support/lipSync';
import { measured } from './support/measured';
import { scriptMicrophone } from './support/microphone';
import { NumberedVoice } from './support/numberedVoice';
import { ParleyServer } from './support/server';
import { expect, log, openClient, state, test as base } from './support/test';

/** Where others are at work too, pictures take their time. Milliseconds. */
const patience = 180_000;

/** A tutor who, asked for it, says what can be read from the lips. */
const rhyme = {
  id: 'rhyme',
  title: 'Rhymes',
  role: 'a speaker',
  levels: ['A1', 'C2'],
  opening: ['Hello.'],
  start: 'ask',
  questions: [
    {
      keywords: ['rhyme'],
      reply: [
        'Peter Piper picked a pair of big plums for Bob and Molly. Maybe Molly may bake them a warm plum pie, but Bob would much prefer a bowl of pumpkin soup. ' +
          'My mum, who is the best baker in Birmingham, made a hundred apple pies by the evening, and the people from the market bought them all.',
      ],
    },
  ],
  nodes: {
    ask: { say: ['Which one?'], simple: 'Which?', hint: 'Choose one.', answers: [{ say: ['This one.'], to: 'end' }, { say: ['None of them.'], to: 'end' }] },
    end: { say: ['Goodbye.'], closing: true },
  },
};

const test = base.extend<object, { speaker: ParleyServer }>({
  speaker: [
    async ({}, give) => {
      const folder = await mkdtemp(join(tmpdir(), 'parley-rhyme-'));
      await writeFile(join(folder, 'rhyme.json'), JSON.stringify(rhyme));
      // It waits to be asked.
      const server = await ParleyServer.start(`--Parley:Tutor:ScenarioFolder=${folder}`, '--Parley:Session:StuckAfter=00:00:00');
      await give(server);
      await server.stop();
      await rm(folder, { recursive: true });
    },
    { scope: 'worker', timeout: patience },
  ],
});

const latency = 0.2;
const underrun = 300;
const voiceRate = 16_000;

// Where pictures are drawn without graphics hardware, a machine that does something else for a moment is measured too.
test.describe.configure({ retries: 2 });

for (const told of [true, false]) {
  const name = told
    ? 'The lips go with what is heard, 200 ms after the device was given it, and after an underrun of 300 ms; they close on p, b and m'
    : 'The measure sees it: lips of a page that is not told of the 200 ms are so much early';
  test(name, async ({ chrome, speaker }) => {
    test.slow();
    const context = await chrome.newContext({ bypassCSP: true, viewport: { width: 320, height: 480 } });
    await scriptMicrophone(context);
    await probeLips(context, latency, told);
    const voice = await NumberedVoice.between(context);
    const page = await openClient(context, speaker.url, { path: '/', settings: { scenario: 'rhyme' } });
    await page.getByRole('button', { name: 'Start talking' }).click();
    await expect(log(page).locator('.answered[data-state="heard"]')).toHaveCount(1, { timeout: patience });

    const held = voice.holdNextAt(4 * voiceRate);
    await page.getByRole('textbox', { name: 'Type a message' }).fill('Tell me a rhyme, please.');
    await page.keyboard.press('Enter');
    await held;
    // What is let go now is heard through the delay line.
    await page.waitForFunction((ms) => window.lipProbe.silentMs() >= ms, underrun - latency * 1000);
    voice.release();
    await expect(state(page)).toHaveText(/Your turn/, { timeout: patience });

    const sync = judgeLips(await watched(page), voice.items, voice.rate);
    const p95 = tell(sync);
    await context.close();
    expect(sync.errors.length).toBeGreaterThan(30);
    expect(sync.silence.ms).toBeGreaterThanOrEqual(underrun);
    if (!told) {
      // Of several moments that look alike the nearest counts.
      expect(median(sync.errors)).toBeGreaterThan(80);
      return;
    }
    expect(sync.silence.jaw).toBeLessThan(0.05);
    expect(p95).toBeLessThanOrEqual(40);
    // As many as pictures happened to be drawn in: without graphics hardware there are few.
    expect(sync.closures.length).toBeGreaterThanOrEqual(4);
    expect(sync.closures.filter((isClosed) => !isClosed)).toEqual([]);
  });
}

/** Says how it went. Gives the error that 95 % of the pictures keep to. */
function tell({ errors, closures, silence }: LipSync): number {
  const sizes = errors.map(Math.abs).toSorted((a, b) => a - b);
  const p95 = sizes[Math.floor(sizes.length * 0.95)]!;
  measured(
    `Mouth against ear in ${sizes.length} pictures: median ${median(errors)} ms, p95 ${p95} ms, at most ${sizes.at(-1)} ms; ` +
      `lips closed in ${closures.filter(Boolean).length} of ${closures.length} p, b, m; nothing heard for ${silence.ms.toFixed(0)} ms, jaw then at ${silence.jaw.toFixed(2)}`,
  );
  return p95;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

// OpenAI's Agents SDK for voice, as it comes from npm: node agents.mjs WS_URL KEY SPEECH [SCENARIO...]
// SPEECH is PCM16 at 24 kHz that ends in silence. The SDK drops what does not fit its schemas and throws on errors that nobody listens to.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { OpenAIRealtimeWebSocket, RealtimeAgent, RealtimeSession, tool } from '@openai/agents-realtime';
import { z } from 'zod';

const PATIENCE = 30_000;
const [url, apiKey, recording, ...wanted] = process.argv.slice(2);
const speech = readFileSync(recording);

// A session that is connected, with what it told so far.
async function talking(agent = {}) {
  const session = new RealtimeSession(
    new RealtimeAgent({ name: 'Host', instructions: 'Be brief.', ...agent }), { transport: new OpenAIRealtimeWebSocket({ url: `${url}?model=gpt-realtime` }), tracingDisabled: true });
  const seen = { events: [], errors: [], answers: [], audio: 0, interruptions: 0 };
  session.transport.on('*', event => seen.events.push(event));
  session.on('error', error => seen.errors.push(error));
  session.on('agent_end', (_context, _agent, output) => seen.answers.push(output));
  session.on('audio', event => { seen.audio += event.data.byteLength; });
  session.on('audio_interrupted', () => { seen.interruptions++; });
  await session.connect({ apiKey });
  return { session, seen };
}

// Waits until something is so.
async function until({ seen }, what, isSo) {
  for (const end = Date.now() + PATIENCE; !isSo(); await setTimeout(10)) {
    assert.deepEqual(seen.errors, []);
    assert.ok(Date.now() < end, `${what} did not come, but: ${seen.events.map(e => e.type).slice(-40).join(', ')}`);
  }
}

// Speaks as a microphone does: in real time.
async function speak(session, pcm) {
  for (let at = 0; at < pcm.length; at += 1_920) {
    session.sendAudio(Uint8Array.from(pcm.subarray(at, at + 1_920)).buffer);
    await setTimeout(40);
  }
}

const text = item => item?.content?.map(c => c.text ?? c.transcript ?? '').join('') ?? '';

const scenarios = {
  async spoken() {
    const talk = await talking();
    await speak(talk.session, speech);
    await until(talk, 'The answer', () => talk.seen.answers.length === 1);
    await until(talk, 'The transcript', () => talk.session.history.some(i => i.role === 'user' && text(i).length > 0));
    assert.ok(talk.seen.answers[0].length > 0);
    assert.ok(talk.seen.audio > 4_800, 'The answer has no audio.');
    assert.equal(talk.seen.interruptions, 0);
    assert.deepEqual(talk.session.history.map(i => i.role), ['user', 'assistant']);
    assert.deepEqual(talk.seen.errors, []);
    talk.session.close();
  },

  async interrupted() {
    const talk = await talking();
    talk.session.sendMessage('Tell me a long story.');
    await until(talk, 'The story', () => talk.seen.audio > 0);
    await speak(talk.session, speech);
    await until(talk, 'The interruption', () => talk.seen.interruptions > 0);
    await until(talk, 'The truncation', () => talk.seen.events.some(e => e.type === 'conversation.item.truncated'));
    await until(talk, 'What was interrupted', () => talk.seen.events.some(e => e.type === 'response.done' && e.response.status === 'cancelled'));
    await until(talk, 'The next answer', () => talk.seen.events.some(e => e.type === 'response.done' && e.response.status === 'completed'));
    assert.deepEqual(talk.seen.errors, []);
    talk.session.close();
  },

  async called() {
    const asked = [];
    const lookUp = tool({
      name: 'look_up', description: 'Looks up a word.', parameters: z.object({ word: z.string() }),
      execute: ({ word }) => { asked.push(word); return 'a drink'; } });
    const talk = await talking({ tools: [lookUp] });
    talk.session.sendMessage('Use the tool.');
    await until(talk, 'The answer', () => talk.seen.answers.some(a => /a drink/.test(a)));
    assert.deepEqual(asked, ['tea']);
    assert.deepEqual(talk.seen.errors, []);
    talk.session.close();
  },

  async written() {
    const talk = await talking();
    talk.session.sendMessage('Hello?');
    await until(talk, 'The answer', () => talk.seen.answers.length === 1);
    // The second waits for the end of the first by itself.
    talk.session.sendMessage('Hello again?');
    await until(talk, 'The second answer', () => talk.seen.answers.length === 2);
    assert.deepEqual(talk.session.history.map(i => i.role), ['user', 'assistant', 'user', 'assistant']);
    assert.deepEqual(talk.seen.errors, []);
    talk.session.close();
  },
};

for (const name of wanted.length > 0 ? wanted : Object.keys(scenarios)) {
  await scenarios[name]().catch(failure => { console.error(`agents, ${name}:`, failure); process.exit(1); });
}
console.log('all right');
process.exit(0);

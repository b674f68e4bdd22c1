// OpenAI's own Realtime clients, as they come from npm: node realtime.mjs CLIENT BASE_URL KEY SPEECH [SCENARIO...]
// CLIENT is `ws` or `websocket`; SPEECH is PCM16 at 24 kHz that ends in silence. Both clients insist on wss: `ws` alone can be brought to plain sockets.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import OpenAI from 'openai';
import { Talk } from './talk.mjs';

const [kind, baseURL, apiKey, recording, ...wanted] = process.argv.slice(2);
const { OpenAIRealtimeWS, OpenAIRealtimeWebSocket } = kind === 'ws' ? await import('openai/realtime/ws') : await import('openai/realtime/websocket');
const { hostname: host, port, protocol } = new URL(baseURL);
const speech = readFileSync(recording);

async function talking(session, key = apiKey) {
  const client = new OpenAI({ baseURL, apiKey: key });
  const options = protocol === 'http:' ? { createConnection: () => connect({ host, port }) } : {};
  const talk = new Talk(kind === 'ws' ? new OpenAIRealtimeWS({ model: 'gpt-realtime', options }, client) : new OpenAIRealtimeWebSocket({ model: 'gpt-realtime' }, client));
  await talk.next('session.created');
  if (session) {
    talk.send({ type: 'session.update', session: { type: 'realtime', ...session } });
    await talk.next('session.updated');
  }
  return talk;
}

const hearing = { audio: { input: { transcription: { model: 'whisper-1' } } } };

const scenarios = {
  async spoken() {
    const talk = await talking(hearing);
    talk.say(speech);
    const { response } = await talk.next('response.done');
    talk.assertOrder([
      'input_audio_buffer.speech_started', 'input_audio_buffer.speech_stopped', 'input_audio_buffer.committed', 'conversation.item.added',
      'response.created', 'response.output_item.added', 'response.content_part.added', 'response.output_audio.delta',
      'response.output_audio.done', 'response.content_part.done', 'response.output_item.done', 'response.done']);
    const heard = await talk.next('conversation.item.input_audio_transcription.completed');
    const committed = await talk.next('input_audio_buffer.committed');
    assert.equal(heard.item_id, committed.item_id);
    assert.ok(heard.transcript.trim().length > 0);
    assert.equal(response.status, 'completed');
    const said = talk.events.filter(e => e.type === 'response.output_audio_transcript.delta').map(e => e.delta).join('');
    assert.equal(said.trim(), response.output[0].content[0].transcript.trim());
    assert.ok(talk.samples(response.id) > 2_400, 'The answer has no audio.');
    talk.close();
  },

  async interrupted() {
    const talk = await talking(hearing);
    talk.write('Tell me a long story.');
    talk.send({ type: 'response.create' });
    const { item_id, response_id } = await talk.next('response.output_audio.delta');
    const from = talk.events.length;
    await talk.speak(speech);
    const { response } = await talk.next('response.done', { which: e => e.response.id === response_id });
    const end = talk.events.length;
    talk.assertOrder(['input_audio_buffer.speech_started', 'response.output_audio.done', 'response.output_item.done', 'response.done'], from);
    assert.deepEqual([response.status, response.status_details.reason, response.output[0].status], ['cancelled', 'turn_detected', 'incomplete']);
    const heardMs = Math.floor(talk.samples(response_id) / 24);
    talk.send({ type: 'conversation.item.truncate', item_id, content_index: 0, audio_end_ms: heardMs });
    const truncated = await talk.next('conversation.item.truncated');
    assert.deepEqual([truncated.item_id, truncated.content_index, truncated.audio_end_ms], [item_id, 0, heardMs]);
    // The words that interrupted are answered.
    const next = await talk.next('response.done', { from: end });
    assert.equal(next.response.status, 'completed');
    assert.ok(!talk.events.slice(end).some(e => e.response_id === response_id), 'Something came of a response that was over.');
    talk.close();
  },

  async truncated() {
    const talk = await talking();
    talk.write('Hello?');
    const { output: [item] } = await talk.respond();
    const whole = item.content[0].transcript;
    talk.send({ type: 'conversation.item.truncate', item_id: item.id, content_index: 0, audio_end_ms: 400 });
    await talk.next('conversation.item.truncated');
    talk.send({ type: 'conversation.item.retrieve', item_id: item.id });
    const { item: kept } = await talk.next('conversation.item.retrieved');
    const heard = kept.content[0].transcript ?? '';
    assert.ok(heard.length < whole.length && whole.startsWith(heard.trim()), `Of '${whole}' there remains '${heard}'.`);
    const from = talk.events.length;
    talk.send({ type: 'conversation.item.truncate', event_id: 'beyond', item_id: item.id, content_index: 0, audio_end_ms: 600_000 });
    const error = await talk.error(from);
    assert.deepEqual([error.type, error.event_id], ['invalid_request_error', 'beyond']);
    talk.close();
  },

  async called() {
    const tool = { type: 'function', name: 'look_up', description: 'Looks up a word.', parameters: { type: 'object', properties: { word: { type: 'string' } } } };
    const talk = await talking({ tools: [tool], tool_choice: 'auto' });
    talk.write('Use the tool.');
    const { status, output: [call] } = await talk.respond();
    assert.deepEqual([status, call.type, call.name, call.status], ['completed', 'function_call', 'look_up', 'completed']);
    assert.deepEqual(JSON.parse(call.arguments), { word: 'tea' });
    const done = await talk.next('response.function_call_arguments.done');
    assert.deepEqual([done.call_id, done.arguments], [call.call_id, call.arguments]);
    talk.send({ type: 'conversation.item.create', item: { type: 'function_call_output', call_id: call.call_id, output: 'a drink' } });
    const answer = await talk.respond();
    assert.match(answer.output[0].content[0].transcript, /a drink/);
    talk.close();
  },

  async written() {
    const talk = await talking({ output_modalities: ['text'] });
    talk.write('Hello?');
    const { id, status, output: [item] } = await talk.respond();
    const { text } = await talk.next('response.output_text.done');
    const deltas = talk.events.filter(e => e.type === 'response.output_text.delta').map(e => e.delta).join('');
    assert.equal(status, 'completed');
    assert.equal(item.content[0].type, 'output_text');
    assert.deepEqual([deltas, item.content[0].text], [text, text]);
    assert.equal(talk.samples(id), 0);
    talk.close();
  },

  async committed() {
    const talk = await talking({ audio: { input: { transcription: { model: 'whisper-1' }, turn_detection: null } } });
    talk.say(speech);
    talk.send({ type: 'input_audio_buffer.commit' });
    await talk.next('input_audio_buffer.committed');
    await talk.next('conversation.item.input_audio_transcription.completed');
    assert.ok(!talk.types().includes('response.created'), 'Nobody asked for a response.');
    assert.equal((await talk.respond()).status, 'completed');
    talk.close();
  },

  async refused() {
    const talk = await talking();
    for (const [event, code] of [
      [{ type: 'session.update', session: { type: 'realtime', audio: { input: { format: { type: 'audio/mp3' } } } } }, 'invalid_value'],
      [{ type: 'response.cancel' }, 'response_cancel_not_active'],
      [{ type: 'input_audio_buffer.commit' }, 'input_audio_buffer_commit_empty'],
    ]) {
      const from = talk.events.length;
      talk.send({ event_id: code, ...event });
      const error = await talk.error(from);
      assert.deepEqual([error.code, error.event_id], [code, code]);
    }
    talk.write('Hello?');
    assert.equal((await talk.respond()).status, 'completed');
    talk.close();
  },

  async secret() {
    const server = new OpenAI({ baseURL, apiKey });
    const { value, session } = await server.realtime.clientSecrets.create({
      expires_after: { anchor: 'created_at', seconds: 60 }, session: { type: 'realtime', instructions: 'Be brief.' } });
    assert.equal(session.instructions, 'Be brief.');
    const talk = await talking(undefined, value);
    assert.equal((await talk.next('session.created')).session.instructions, 'Be brief.');
    talk.write('Hello?');
    assert.equal((await talk.respond()).status, 'completed');
    talk.close();
  },
};

for (const name of wanted.length > 0 ? wanted : Object.keys(scenarios)) {
  await scenarios[name]().catch(failure => { console.error(`${kind}, ${name}:`, failure); process.exit(1); });
}
console.log('all right');
process.exit(0);

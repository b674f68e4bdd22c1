// The stock client, as it comes from npm, against a server of the tests: node openai.mjs BASE_URL RECORDING
import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import OpenAI, { APIError } from 'openai';

const [baseURL, recording] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: 'any', maxRetries: 0, timeout: 20_000 });
const messages = [{ role: 'user', content: 'Hello?' }];

// Chat, by the helper that is strictest about the order and the indices of chunks.
const stream = client.chat.completions.stream({ model: 'large', messages, stream_options: { include_usage: true } });
const deltas = [];
stream.on('content', delta => deltas.push(delta));
const completion = await stream.finalChatCompletion();
assert.equal(completion.choices[0].message.content, 'Hello there.');
assert.equal(deltas.join(''), 'Hello there.');
assert.equal(completion.choices[0].finish_reason, 'stop');
assert.equal((await stream.totalUsage()).total_tokens, 15);

const whole = await client.chat.completions.create({ model: 'large', messages });
assert.equal(whole.choices[0].message.content, 'Hello there.');
assert.equal(whole.usage.completion_tokens, 3);

// Tools, streamed and run by the client.
const asked = [];
const runner = client.chat.completions.runTools({
  model: 'large', stream: true, messages: [{ role: 'user', content: 'Use the tool.' }],
  tools: [{ type: 'function', function: { name: 'look_up', parse: JSON.parse, parameters: { type: 'object', properties: { word: { type: 'string' } } },
    function: ({ word }) => { asked.push(word); return 'a drink'; } } }],
});
assert.equal(await runner.finalContent(), 'Hello there.');
assert.deepEqual(asked, ['tea']);

// Errors keep their class and fields.
const failure = await client.chat.completions.create({ model: 'nobody', messages }).catch(e => e);
assert.ok(failure instanceof APIError);
assert.deepEqual([failure.status, failure.code, failure.param, failure.type], [404, 'model_not_found', 'model', 'invalid_request_error']);
assert.match(failure.requestID, /^req_/);

// Models.
const ids = [];
for await (const model of client.models.list()) ids.push(model.id);
assert.ok(['parley', 'large', 'whisper-1', 'tts-1', 'vectors'].every(id => ids.includes(id)), ids.join());
assert.equal((await client.models.retrieve('large')).id, 'large');

// Embeddings: the client asks for base64 and decodes it.
const embeddings = await client.embeddings.create({ model: 'text-embedding-3-small', input: ['a', 'four'] });
assert.deepEqual(embeddings.data.map(d => d.embedding), [[1, 0.5], [4, 0.5]]);

// Audio.
const transcript = await client.audio.transcriptions.create({ model: 'whisper-1', file: createReadStream(recording) });
assert.equal(transcript.text, 'hello there my friend');
let heard = '';
for await (const event of await client.audio.transcriptions.create({ model: 'gpt-4o-transcribe', file: createReadStream(recording), stream: true })) {
  if (event.type === 'transcript.text.delta') heard += event.delta;
  if (event.type === 'transcript.text.done') assert.equal(event.text, heard);
}
assert.equal(heard, 'hello there my friend');
const speech = await client.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'Hello there, my friend.', response_format: 'wav' });
assert.equal(Buffer.from(await speech.arrayBuffer()).subarray(0, 4).toString(), 'RIFF');

console.log('all right');

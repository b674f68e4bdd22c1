// A conversation over OpenAI's Realtime client: remembers what came and waits for what should come.
import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';

const PATIENCE = 30_000;

export class Talk {
  #client;
  #waiting = new Set();
  events = [];
  errors = [];

  // Takes an OpenAIRealtimeWS or an OpenAIRealtimeWebSocket that has just been made.
  constructor(client) {
    this.#client = client;
    client.on('event', event => { this.events.push(event); for (const look of this.#waiting) look(); });
    client.on('error', error => { this.errors.push(error); for (const look of this.#waiting) look(); });
  }

  send(event) { this.#client.send(event); }

  close() { this.#client.close(); }

  // The first event of the type, from position `from` on, that `which` accepts.
  next(type, { from = 0, which = () => true } = {}) {
    return new Promise((resolve, reject) => {
      const found = () => this.events.find((event, i) => i >= from && event.type === type && which(event));
      const end = () => { clearTimeout(timer); this.#waiting.delete(look); };
      const look = () => {
        const event = found();
        if (event) { end(); resolve(event); }
        else if (this.errors.length > 0 && type !== 'error') { end(); reject(this.errors[0]); }
      };
      const timer = globalThis.setTimeout(() => { end(); reject(new Error(`No ${type} came, but: ${this.types(from).filter(t => !t.endsWith('.delta')).slice(-40).join(', ')}`)); }, PATIENCE);
      this.#waiting.add(look);
      look();
    });
  }

  // Waits for an error that was asked for, and forgets it.
  async error(from) {
    const { error } = await this.next('error', { from });
    this.errors.length = 0;
    return error;
  }

  // Sends a turn as a program does that has it in a file: at once, in pieces.
  say(pcm) {
    for (let at = 0; at < pcm.length; at += 16 * 1024) this.send({ type: 'input_audio_buffer.append', audio: pcm.subarray(at, at + 16 * 1024).toString('base64') });
  }

  // Speaks as a microphone does: in real time.
  async speak(pcm) {
    for (let at = 0; at < pcm.length; at += 1_920) {
      this.say(pcm.subarray(at, at + 1_920));
      await setTimeout(40);
    }
  }

  write(text) { this.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] } }); }

  // Asks for a response and waits until it is done.
  async respond(response) {
    const from = this.events.length;
    this.send(response ? { type: 'response.create', response } : { type: 'response.create' });
    return (await this.next('response.done', { from })).response;
  }

  // The samples that came of a response, at 24 kHz.
  samples(responseId) {
    return this.events.filter(e => e.type === 'response.output_audio.delta' && e.response_id === responseId)
      .reduce((sum, e) => sum + Buffer.from(e.delta, 'base64').length / 2, 0);
  }

  types(from = 0) { return this.events.slice(from).map(e => e.type); }

  // Fails unless the events came in this order, whatever stands between them.
  assertOrder(types, from = 0) {
    const came = this.types(from);
    let at = -1;
    for (const type of types) {
      at = came.indexOf(type, at + 1);
      assert.ok(at >= 0, `${type} is missing, or not in its place: ${came.join(', ')}`);
    }
  }
}

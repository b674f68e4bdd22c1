import { request } from '@/lib/rest';
import type { Clip } from '@/voice/audio/recordings/Clip';

// What the endpoint's `pcm` has.
const rate = 24_000;
const kept = 64;
const clips = new Map<string, Promise<Clip>>();

/** A text as the server's voice says it. Each is fetched once. */
export function modelVoice(text: string): Promise<Clip> {
  let clip = clips.get(text);
  if (!clip) {
    clip = fetchVoice(text);
    clips.set(text, clip);
    if (clips.size > kept) clips.delete(clips.keys().next().value!);
    clip.catch(() => clips.delete(text));
  }
  return clip;
}

async function fetchVoice(text: string): Promise<Clip> {
  const response = await request('/v1/audio/speech', { method: 'POST', body: { model: 'tts-1', voice: 'alloy', input: text, response_format: 'pcm' } });
  const bytes = await response.arrayBuffer();
  return { samples: new Int16Array(bytes, 0, bytes.byteLength >> 1), rate };
}

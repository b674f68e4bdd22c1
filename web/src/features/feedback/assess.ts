import { request } from '@/lib/rest';
import { toWav, type Clip } from '@/voice/audio/recordings/Clip';
import { readJson } from '@/voice/protocol/parse';
import { listOf, number, optional, shape, type Checked } from '@/voice/protocol/shapes';
import { scoredWord } from '@/voice/protocol/serverMessages';

const assessment = shape({
  total: number,
  fluency: number,
  prosody: number,
  confidence: optional(number),
  words: listOf(scoredWord),
});
export type Assessment = Checked<typeof assessment>;

/** How a sentence was said. Fails with the server's words where it can't be judged, such as silence. */
export async function assess(clip: Clip, text: string, signal: AbortSignal): Promise<Assessment> {
  const body = new FormData();
  body.set('audio', toWav(clip), 'sentence.wav');
  body.set('text', text);
  const answer = readJson(await (await request('/v1/assess', { method: 'POST', body, signal })).text());
  if (!assessment(answer)) throw new Error('The answer is no assessment.');
  return answer;
}

import { request } from '@/lib/rest';

// What is said soon is fetched before.
const kept = 16;

/** Says again what the tutor said: its voice is not kept, but made anew from its words. */
export class TutorVoice {
  readonly #clips = new Map<string, Promise<Blob>>();
  #audio: HTMLAudioElement | null = null;
  #turn = 0;

  /** Makes a clause ready to be said. */
  prepare(text: string): Promise<Blob> {
    let clip = this.#clips.get(text);
    if (!clip) {
      const body = { model: 'tts-1', voice: 'alloy', input: text, response_format: 'wav' };
      clip = request('/v1/audio/speech', { method: 'POST', body }).then((response) => response.blob());
      clip.catch(() => this.#clips.delete(text));
      this.#clips.set(text, clip);
      if (this.#clips.size > kept) this.#clips.delete(this.#clips.keys().next().value!);
    }
    return clip;
  }

  /** Says a clause, in place of what is being said. One that can't be made is left out: it can be read. */
  async say(text: string): Promise<void> {
    this.stop();
    const turn = this.#turn;
    const clip = await this.prepare(text).catch(() => null);
    if (clip === null || turn !== this.#turn) return;
    const audio = new Audio(URL.createObjectURL(clip));
    audio.addEventListener('ended', () => URL.revokeObjectURL(audio.src), { once: true });
    this.#audio = audio;
    await audio.play().catch(() => undefined);
  }

  stop(): void {
    this.#turn++;
    this.#audio?.pause();
    if (this.#audio) URL.revokeObjectURL(this.#audio.src);
    this.#audio = null;
  }
}

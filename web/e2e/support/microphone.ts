import type { BrowserContext, Page } from '@playwright/test';

declare global {
  interface Window {
    /** The microphone that a test speaks into. */
    scripted: { say(wav: string): Promise<void>; unplug(): void };
  }
}

/** Gives the pages of a context a microphone that speaks when a test says so: at any moment, as in the middle of a reply. */
export async function scriptMicrophone(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    let audio: AudioContext | null = null;
    let mouth: MediaStreamAudioDestinationNode | null = null;
    const tracks: MediaStreamTrack[] = [];
    const open = () => {
      audio ??= new AudioContext();
      return (mouth ??= audio.createMediaStreamDestination());
    };
    navigator.mediaDevices.getUserMedia = async () => {
      const stream = open().stream.clone();
      tracks.push(...stream.getAudioTracks());
      return stream;
    };
    window.scripted = {
      async say(wav) {
        const destination = open();
        const bytes = Uint8Array.from(atob(wav), (letter) => letter.charCodeAt(0));
        const source = audio!.createBufferSource();
        source.buffer = await audio!.decodeAudioData(bytes.buffer);
        source.connect(destination);
        source.start();
        await new Promise((resolve) => source.addEventListener('ended', resolve, { once: true }));
        source.disconnect();
      },
      unplug() {
        for (const track of tracks) track.dispatchEvent(new Event('ended'));
      },
    };
  });
}

/** A sentence as the server's voice says it: a WAV file. */
export async function speechOf(url: string, text: string): Promise<Buffer> {
  const body = JSON.stringify({ model: 'tts-1', voice: 'alloy', input: text, response_format: 'wav' });
  const response = await fetch(new URL('/v1/audio/speech', url), { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return Buffer.from(await response.arrayBuffer());
}

/** Says a sentence into the page's microphone. Resolves when it was said. */
export async function say(page: Page, text: string): Promise<void> {
  const wav = await speechOf(page.url(), text);
  await page.evaluate((sound) => window.scripted.say(sound), wav.toString('base64'));
}

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const startsWithin = 20_000;

/**
 * A room with a loudspeaker and a microphone that hears it, made of PulseAudio's null sinks: what a browser plays comes back into its microphone,
 * and somebody can speak in it at any moment.
 */
export class Room {
  private constructor(
    private readonly folder: string,
    private readonly daemon: ChildProcess,
  ) {}

  static async open(): Promise<Room> {
    const folder = await mkdtemp(join(tmpdir(), 'parley-room-'));
    const modules = [
      `module-native-protocol-unix auth-anonymous=1 socket=${join(folder, 'native')}`,
      'module-null-sink sink_name=loudspeaker rate=48000 channels=1',
      'module-null-sink sink_name=air rate=48000 channels=1',
      'module-remap-source master=air.monitor source_name=microphone source_properties=device.description=Microphone',
      'module-loopback source=loudspeaker.monitor sink=air latency_msec=40',
    ];
    const settings = ['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no', '--log-target=stderr', ...modules.flatMap((module) => ['-L', module])];
    const daemon = spawn('pulseaudio', settings, { env: { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder }, stdio: 'ignore' });
    const room = new Room(folder, daemon);
    await room.#ready();
    await room.#pactl('set-default-sink', 'loudspeaker');
    await room.#pactl('set-default-source', 'microphone');
    return room;
  }

  /** The environment of a browser in this room. */
  get env(): Record<string, string> {
    return { ...(process.env as Record<string, string>), PULSE_SERVER: `unix:${join(this.folder, 'native')}` };
  }

  /** Somebody says something. Resolves when it was said. */
  async speak(wav: Buffer): Promise<void> {
    const file = join(this.folder, 'speech.wav');
    await writeFile(file, wav);
    await run('paplay', ['--device=air', file], { env: this.env, timeout: 30_000 });
  }

  /** How loud the loudspeaker is at its loudest within some seconds, 0 to 1. */
  async loudness(seconds: number): Promise<number> {
    const recorder = spawn('parec', ['-d', 'loudspeaker.monitor', '--format=s16le', '--rate=16000', '--channels=1'], { env: this.env });
    const pieces: Buffer[] = [];
    recorder.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    await pause(seconds * 1000);
    recorder.kill();
    const sound = Buffer.concat(pieces);
    let peak = 0;
    for (let at = 0; at + 1 < sound.length; at += 2) peak = Math.max(peak, Math.abs(sound.readInt16LE(at)) / 32768);
    return peak;
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.daemon.once('exit', resolve));
    this.daemon.kill('SIGKILL');
    await ended;
    await rm(this.folder, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    for (const until = Date.now() + startsWithin; Date.now() < until && this.daemon.exitCode === null; await pause(200)) {
      if (await this.#pactl('info').then(() => true, () => false)) return;
    }
    throw new Error('PulseAudio did not start.');
  }

  async #pactl(...args: string[]): Promise<void> {
    await run('pactl', args, { env: this.env, timeout: 5_000 });
  }
}

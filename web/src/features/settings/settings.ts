import { persisted } from '@/lib/persisted';
import { levels, patiences, type Level, type Patience, type SessionConfig } from '@/voice/protocol/config';

export type CaptionSize = 'small' | 'medium' | 'large';

/** What the user has chosen, kept in this browser. */
export interface Settings {
  /** Empty: free talk, in which the user begins. */
  readonly scenario: string;
  readonly level: string;
  readonly patience: string;
  /** How fast the assistant speaks, 0.5 to 1. */
  readonly speed: number;
  readonly pushToTalk: boolean;
  readonly inputId: string;
  readonly outputId: string;
  readonly noiseSuppression: boolean;
  readonly feedback: boolean;
  readonly record: boolean;
  readonly cloudAudio: boolean;
  readonly captions: boolean;
  readonly captionSize: string;
  /** Whether a screen reader says what the assistant says, beside the voice. */
  readonly announce: boolean;
  readonly shortcuts: boolean;
}

export const settingsStore = persisted<Settings>('parley.settings', {
  scenario: 'cafe',
  level: 'B1',
  patience: 'normal',
  speed: 1,
  pushToTalk: false,
  inputId: '',
  outputId: '',
  noiseSuppression: true,
  feedback: true,
  record: false,
  cloudAudio: false,
  captions: true,
  captionSize: 'medium',
  announce: false,
  shortcuts: true,
});

/** What a session is asked for. */
export function sessionConfigOf(settings: Settings): SessionConfig {
  return {
    ...(settings.scenario && { scenario: settings.scenario }),
    level: known(levels, settings.level, 'B1') satisfies Level,
    turn: { mode: settings.pushToTalk ? 'push_to_talk' : 'auto', patience: known(patiences, settings.patience, 'normal') satisfies Patience },
    speed: Math.min(2, Math.max(0.5, settings.speed)),
    feedback: { pronunciation: settings.feedback, grammar: settings.feedback, discourse: settings.feedback },
    consent: { record: settings.record, cloud_audio: settings.cloudAudio },
  };
}

// What is kept may be of another version.
function known<const T extends readonly string[]>(values: T, value: string, otherwise: T[number]): T[number] {
  return values.includes(value) ? value : otherwise;
}

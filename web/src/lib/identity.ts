import { persisted } from './persisted';

/** Who uses this browser. */
export interface Identity {
  /** Under which name the server remembers the learner; at most 128 characters. Made at random, so that nobody else guesses it. */
  readonly learnerId: string;
  /** The key that the server asks for, empty where it asks for none. */
  readonly key: string;
}

export const identityStore = persisted<Identity>('parley.identity', { learnerId: '', key: '' });

if (!identityStore.getState().learnerId) identityStore.setState({ learnerId: `web-${randomId()}` });

// crypto.randomUUID is there in secure contexts only, and a server in the house may be reached without https.
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

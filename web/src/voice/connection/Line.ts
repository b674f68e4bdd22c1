/** Why a line is given up. */
export type LossReason =
  /** The server asks for a key, or for another. */
  | 'key'
  /** The server speaks another version of the protocol. */
  | 'protocol'
  /** The server would not begin the session; the message says why. */
  | 'refused'
  /** Nothing answered for ten minutes. */
  | 'silent';

/** The state of the line to the server. */
export type Line =
  | { readonly state: 'idle' }
  | { readonly state: 'connecting' }
  /** `resumed`: it was broken, and goes on. `anew`: it was broken, and another session had to be begun. */
  | { readonly state: 'live'; readonly how: 'started' | 'resumed' | 'anew' }
  /** `retryAt`: when it is tried next, in the time of the timers; null while it is being tried. */
  | { readonly state: 'reconnecting'; readonly attempt: number; readonly retryAt: number | null }
  | { readonly state: 'lost'; readonly reason: LossReason; readonly message: string }
  | { readonly state: 'ended' };

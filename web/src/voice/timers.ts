/** Time, given to whoever needs it, so that tests can give another. */
export interface Timers {
  /** Milliseconds since some moment; never goes back. */
  now(): number;
  /** Calls once, after so many ms. Returns how to call it off, which may be done at any time. */
  after(ms: number, call: () => void): () => void;
}

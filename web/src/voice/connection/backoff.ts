const first = 400;
const longest = 10_000;

/**
 * The wait before an attempt, in ms, with full jitter: many clients of a server that comes back don't come all at once.
 * @param attempt 0, 1, 2 …
 * @param random 0 to 1
 */
export function backoff(attempt: number, random: number): number {
  return Math.min(longest, first * 2 ** Math.min(attempt, 10)) * random;
}

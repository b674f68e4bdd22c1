import TickerWorker from './ticker.worker?worker';
import type { Timers } from './timers';

/**
 * The page's time. A hidden page's own timers are slowed down to one call a minute, which would cost the line its heartbeat: a worker's are not.
 */
export function pageTimers(): Timers {
  const waiting = new Map<number, () => void>();
  let worker: Worker | null = null;
  let id = 0;
  return {
    now: () => performance.now(),
    after(ms, call) {
      worker ??= openWorker(waiting);
      const mine = ++id;
      waiting.set(mine, call);
      worker.postMessage([mine, ms]);
      return () => waiting.delete(mine);
    },
  };
}

function openWorker(waiting: Map<number, () => void>): Worker {
  const worker = new TickerWorker();
  worker.addEventListener('message', ({ data }: MessageEvent<number>) => {
    const call = waiting.get(data);
    waiting.delete(data);
    call?.();
  });
  return worker;
}

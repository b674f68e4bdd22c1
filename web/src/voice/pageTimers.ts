import TickerWorker from './ticker.worker?worker';
import type { Timers } from './timers';

/**
 * The page's time. A hidden page's own timers are slowed down to one call a minute, which would cost the line its heartbeat; a worker's are not.
 * Both are set, and the first counts: a worker that can't be loaded, while the server is away, stops nothing.
 */
export function pageTimers(): Timers {
  const waiting = new Map<number, () => void>();
  const fire = (id: number) => {
    const call = waiting.get(id);
    waiting.delete(id);
    call?.();
  };
  let worker: Worker | null = null;
  let newest = 0;
  return {
    now: () => performance.now(),
    after(ms, call) {
      worker ??= openWorker(fire);
      const id = ++newest;
      waiting.set(id, call);
      worker.postMessage([id, ms]);
      const timer = setTimeout(() => fire(id), ms);
      return () => {
        waiting.delete(id);
        clearTimeout(timer);
      };
    },
  };
}

function openWorker(fire: (id: number) => void): Worker {
  const worker = new TickerWorker();
  worker.addEventListener('message', ({ data }: MessageEvent<number>) => fire(data));
  return worker;
}

import { useEffect, useEffectEvent } from 'react';

/** Calls once an animation frame while `active`, with the time of the page. For what moves: it reads, and writes to the DOM by refs. */
export function useFrame(call: (now: number) => void, active = true): void {
  const onFrame = useEffectEvent(call);
  useEffect(() => {
    if (!active) return undefined;
    let frame = requestAnimationFrame(function next(now) {
      onFrame(now);
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [active]);
}

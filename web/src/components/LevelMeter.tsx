import { useRef } from 'react';
import { useFrame } from '@/hooks/useFrame';

const floorDb = -60;

interface Props {
  /** Root mean square and peak, 0 to 1, read at each frame. */
  readonly level: Float32Array;
  readonly label: string;
}

/** A sound's level as a bar, from -60 dB to full scale. It never makes React render. */
export function LevelMeter({ level, label }: Props) {
  const meter = useRef<HTMLMeterElement>(null);
  const shown = useRef(0);
  useFrame(() => {
    const rms = level[0]!;
    const target = rms > 0 ? Math.max(0, 1 - (20 * Math.log10(rms)) / floorDb) : 0;
    // Rises at once, falls slowly, as the eye likes it.
    shown.current = target > shown.current ? target : shown.current * 0.88 + target * 0.12;
    if (meter.current) meter.current.value = Math.round(shown.current * 100);
  });
  return <meter ref={meter} className="level" min={0} max={100} low={10} optimum={60} aria-label={label} />;
}

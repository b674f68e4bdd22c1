import { useRef, useState, type KeyboardEvent } from 'react';

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export interface Roving {
  /** Which mark the reader is at; null: at none. */
  readonly current: number | null;
  /** What a mark needs: one of them is a stop of the Tab key, the arrow keys go on from there. */
  readonly mark: (index: number) => {
    readonly tabIndex: number;
    readonly ref: (element: SVGElement | null) => void;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
  };
}

/** Marks of a chart that can be gone through with the arrow keys, Home and End, or by pointing. */
export function useRoving(count: number): Roving {
  const [current, setCurrent] = useState<number | null>(null);
  const [stop, setStop] = useState(count - 1);
  const elements = useRef(new Map<number, SVGElement>());

  const go = (index: number): void => elements.current.get(Math.min(Math.max(index, 0), count - 1))?.focus();

  return {
    current,
    mark: (index) => ({
      tabIndex: index === Math.min(stop, count - 1) ? 0 : -1,
      ref: (element) => {
        if (element) elements.current.set(index, element);
        else elements.current.delete(index);
      },
      onFocus: () => {
        setCurrent(index);
        setStop(index);
      },
      onBlur: () => setCurrent(null),
      onKeyDown: (event) => {
        const step = steps[event.key];
        if (step !== undefined) go(index + step);
        else if (event.key === 'Home') go(0);
        else if (event.key === 'End') go(count - 1);
        else return;
        event.preventDefault();
      },
      onPointerEnter: () => setCurrent(index),
      onPointerLeave: () => setCurrent(null),
    }),
  };
}

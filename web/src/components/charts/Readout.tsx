import type { ReactNode } from 'react';

/** What the mark says that one points at. It has its place when it says nothing too, so that nothing jumps. */
export function Readout({ children }: { readonly children: ReactNode }) {
  return (
    <p className="chart-readout" aria-hidden="true">
      {children || '\u00A0'}
    </p>
  );
}

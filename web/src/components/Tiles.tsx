import type { ReactNode } from 'react';
import './tiles.css';

/** The few figures of a page that one looks at first, each a {@link Tile}. */
export function Tiles({ children }: { readonly children: ReactNode }) {
  return <dl className="tiles">{children}</dl>;
}

interface TileProps {
  readonly name: string;
  readonly value: string;
  /** What the figure rests on. */
  readonly detail?: string;
}

/** One figure, large, over its name. */
export function Tile({ name, value, detail }: TileProps) {
  return (
    <div className="card">
      <dt>{name}</dt>
      <dd>{value}</dd>
      {detail && <dd className="detail">{detail}</dd>}
    </div>
  );
}

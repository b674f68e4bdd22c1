import type { ReactNode } from 'react';
import './table.css';

interface Props {
  /** What the table is of. */
  readonly label: string;
  readonly columns: readonly string[];
  /** The rows. */
  readonly children: ReactNode;
  /** Whether it scrolls within a height of its own. */
  readonly tall?: boolean;
  /** Whether its columns need more room than a phone has. */
  readonly wide?: boolean;
}

/** A table that may be wider, or longer, than its place. The keyboard can scroll it too. */
export function ScrollTable({ label, columns, children, tall = false, wide = false }: Props) {
  return (
    <section className={`table-scroll ${tall ? 'tall' : ''} ${wide ? 'wide' : ''}`} aria-label={label} tabIndex={0}>
      <table className="data-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

/** How good something is: shown by colour and by a sign. */
export type Grade = 'good' | 'fair' | 'poor' | 'unsure';

const signs: Record<Grade, string> = { good: '✓', fair: '~', poor: '!', unsure: '?' };

export interface Cell {
  readonly label: string;
  readonly value: string;
  /** From how many it is. */
  readonly count: number;
  readonly grade: Grade;
  /** All of it in words. */
  readonly say: string;
}

/** Cells with a value each. Few cases are marked as unsure instead of being judged. */
export function HeatMap({ title, cells }: { readonly title: string; readonly cells: readonly Cell[] }) {
  return (
    <div className="heat-group">
      <h4>{title}</h4>
      <ul className="heat-map">
        {cells.map(({ label, value, count, grade, say }) => (
          <li key={label} className={`heat-cell ${grade}`} title={say}>
            <span className="hidden-visually">{say}</span>
            <span aria-hidden="true">
              <b>{label}</b> <i>{signs[grade]}</i>
              <span className="heat-value">{value}</span>
              <small>n={count}</small>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

import { max } from 'd3-array';

export interface Bar {
  readonly label: string;
  readonly detail?: string | undefined;
  readonly value: number;
  readonly text: string;
}

/** Amounts one below the other, with room for words: a list to the eye and to a screen reader. */
export function BarList({ bars }: { readonly bars: readonly Bar[] }) {
  const most = max(bars, (bar) => bar.value) || 1;
  return (
    <ul className="bar-list">
      {bars.map(({ label, detail, value, text }) => (
        <li key={label}>
          <span className="bar-label">{label}</span>
          <span className="bar-text">{text}</span>
          <meter className="bar" min={0} max={most} value={value} aria-label={label} aria-valuetext={text} />
          {detail && <span className="bar-detail quiet">{detail}</span>}
        </li>
      ))}
    </ul>
  );
}

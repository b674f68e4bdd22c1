import { max } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';
import { useId } from 'react';
import { Readout } from './Readout';
import { useRoving } from './useRoving';
import { useWidth } from './useWidth';

export interface Column {
  readonly label: string;
  readonly value: number;
  /** The words for it. */
  readonly say: string;
}

interface Props {
  readonly title: string;
  readonly description: string;
  readonly columns: readonly Column[];
}

const height = 200;
// A day alone is a column, not a wall.
const widest = 56;
const margin = { top: 12, right: 8, bottom: 28, left: 44 };

/** Amounts side by side. */
export function ColumnChart({ title, description, columns }: Props) {
  const id = useId();
  const [ref, width] = useWidth<HTMLDivElement>();
  const roving = useRoving(columns.length);
  const x = scaleBand<number>()
    .domain(columns.keys())
    .range([margin.left, width - margin.right])
    .padding(0.25);
  const y = scaleLinear()
    .domain([0, max(columns, (c) => c.value) || 1])
    .nice(4)
    .range([height - margin.bottom, margin.top]);
  const columnWidth = Math.min(x.bandwidth(), widest);
  // As many labels as there is room for.
  const every = Math.ceil(columns.length / Math.max(1, Math.floor((width - margin.left) / 64)));

  return (
    <div ref={ref} className="chart">
      <svg width={width} height={height} role="group" aria-labelledby={`${id}t ${id}d`}>
        <title id={`${id}t`}>{title}</title>
        <desc id={`${id}d`}>{description}</desc>
        <g className="chart-axis" aria-hidden="true">
          {y.ticks(4).map((tick) => (
            <g key={tick} transform={`translate(0 ${y(tick)})`}>
              <line x1={margin.left} x2={width - margin.right} />
              <text x={margin.left - 8} dy="0.32em" textAnchor="end">
                {tick}
              </text>
            </g>
          ))}
          {columns.map(({ label }, i) => i % every === 0 && (
            <text key={label} x={x(i)! + x.bandwidth() / 2} y={height - 8} textAnchor="middle">
              {label}
            </text>
          ))}
        </g>
        {columns.map(({ label, value, say }, i) => (
          <rect
            key={label}
            className="chart-column"
            x={x(i)! + (x.bandwidth() - columnWidth) / 2}
            width={columnWidth}
            y={y(value)}
            height={Math.max(1, y(0) - y(value))}
            rx={Math.min(4, columnWidth / 4)}
            role="img"
            aria-label={say}
            {...roving.mark(i)}
          />
        ))}
      </svg>
      <Readout>{roving.current !== null && columns[roving.current]?.say}</Readout>
    </div>
  );
}

import { extent } from 'd3-array';
import { scaleLinear, scaleTime, type ScaleLinear } from 'd3-scale';
import { curveMonotoneX, line, symbol, symbolCircle, symbolDiamond, symbolSquare, symbolTriangle } from 'd3-shape';
import { useId } from 'react';
import { Readout } from './Readout';
import { useRoving } from './useRoving';
import { useWidth } from './useWidth';

export interface LinePoint {
  readonly at: Date;
  readonly value: number;
}

export interface LineSeries {
  readonly name: string;
  readonly points: readonly LinePoint[];
  /** Which axis it is read on. Two units need two. */
  readonly axis: 'left' | 'right';
  /** The words for a point. */
  readonly say: (point: LinePoint) => string;
}

interface Props {
  readonly title: string;
  readonly description: string;
  readonly series: readonly LineSeries[];
  readonly formatDay: (day: Date) => string;
}

const height = 240;
const margin = { top: 12, right: 44, bottom: 28, left: 44 };
const shapes = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond] as const;

/** Courses over time. Series differ by colour, dash and the shape of their marks. */
export function LineChart({ title, description, series, formatDay }: Props) {
  const id = useId();
  const [ref, width] = useWidth<HTMLDivElement>();
  const marks = series.flatMap((s, index) => s.points.map((point) => ({ ...s, point, index })));
  const roving = useRoving(marks.length);
  const days = marks.map(({ point }) => point.at);
  const x = scaleTime().domain(domainOf(days)).range([margin.left, width - margin.right]);
  const axes = { left: scaleOf(series, 'left'), right: scaleOf(series, 'right') };
  const ticks = x.ticks(Math.max(2, Math.floor(width / 110))).filter((tick) => tick.getHours() === 0);
  const current = roving.current === null ? undefined : marks[roving.current];

  return (
    <div ref={ref} className="chart">
      <Legend series={series} />
      <svg width={width} height={height} role="group" aria-labelledby={`${id}t ${id}d`}>
        <title id={`${id}t`}>{title}</title>
        <desc id={`${id}d`}>{description}</desc>
        <g className="chart-axis" aria-hidden="true">
          {axes.left?.ticks(4).map((tick) => (
            <g key={tick} transform={`translate(0 ${axes.left!(tick)})`}>
              <line x1={margin.left} x2={width - margin.right} />
              <text x={margin.left - 8} dy="0.32em" textAnchor="end">
                {tick}
              </text>
            </g>
          ))}
          {axes.right?.ticks(4).map((tick) => (
            <text key={tick} x={width - margin.right + 8} y={axes.right!(tick)} dy="0.32em">
              {tick}
            </text>
          ))}
          {ticks.map((tick) => (
            <text key={tick.getTime()} x={x(tick)} y={height - 8} textAnchor="middle">
              {formatDay(tick)}
            </text>
          ))}
        </g>
        {series.map((s, index) => (
          <path
            key={s.name}
            className={`chart-line series-${index}`}
            d={line<LinePoint>((p) => x(p.at), (p) => axes[s.axis]!(p.value)).curve(curveMonotoneX)(s.points as LinePoint[]) ?? ''}
          />
        ))}
        {marks.map(({ point, index, axis, name, say }, i) => (
          <path
            key={`${name}${point.at.getTime()}`}
            className={`chart-mark series-${index}`}
            d={symbol(shapes[index % shapes.length], 64)() ?? ''}
            transform={`translate(${x(point.at)} ${axes[axis]!(point.value)})`}
            role="img"
            aria-label={`${name}: ${say(point)}`}
            {...roving.mark(i)}
          />
        ))}
      </svg>
      <Readout>{current && `${current.name}: ${current.say(current.point)}`}</Readout>
    </div>
  );
}

function Legend({ series }: { readonly series: readonly LineSeries[] }) {
  if (series.length < 2) return null;
  return (
    <ul className="chart-legend" aria-hidden="true">
      {series.map((s, index) => (
        <li key={s.name}>
          <svg width="34" height="12">
            <path className={`chart-line series-${index}`} d="M0 6H34" />
            <path className={`chart-mark series-${index}`} d={symbol(shapes[index % shapes.length], 50)() ?? ''} transform="translate(17 6)" />
          </svg>
          {s.name}
        </li>
      ))}
    </ul>
  );
}

function domainOf(days: readonly Date[]): [Date, Date] {
  const [first, last] = extent(days);
  if (!first || !last) return [new Date(0), new Date(1)];
  // One day alone stands in the middle.
  const around = first.getTime() === last.getTime() ? 43_200_000 : 0;
  return [new Date(first.getTime() - around), new Date(last.getTime() + around)];
}

function scaleOf(series: readonly LineSeries[], axis: 'left' | 'right'): ScaleLinear<number, number> | undefined {
  const values = series.filter((s) => s.axis === axis).flatMap((s) => s.points.map((p) => p.value));
  const [least, most] = extent(values);
  if (least === undefined || most === undefined) return undefined;
  const room = (most - least || Math.abs(most) || 1) * 0.12;
  return scaleLinear()
    .domain([least >= 0 ? Math.max(0, least - room) : least - room, most + room])
    .nice(4)
    .range([height - margin.bottom, margin.top]);
}

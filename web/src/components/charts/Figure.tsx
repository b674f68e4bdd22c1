import { useId, useState, type ReactNode } from 'react';
import { ScrollTable } from '@/components/ScrollTable';
import { defineWords, useWords } from '@/lib/language';
import './charts.css';

const words = defineWords({ asTable: 'Show as table', asChart: 'Show as chart' }, { asTable: '显示为表格', asChart: '显示为图表' });

export interface TableData {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface Props {
  readonly title: string;
  /** What there is to see, in words. */
  readonly caption: ReactNode;
  /** The same data for those who would rather read. */
  readonly table: TableData;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A chart with its caption, which can be read as a table. */
export function Figure({ title, caption, table, children, className = '' }: Props) {
  const w = useWords(words);
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <figure className={`figure card ${className}`} aria-labelledby={id}>
      <div className="figure-head">
        <h3 id={id}>{title}</h3>
        <button type="button" className="button quiet small" onClick={() => setAsTable(!asTable)}>
          {asTable ? w.asChart : w.asTable}
        </button>
      </div>
      <figcaption>{caption}</figcaption>
      {asTable ? <DataTable title={title} table={table} /> : children}
    </figure>
  );
}

function DataTable({ title, table: { columns, rows } }: { readonly title: string; readonly table: TableData }) {
  return (
    <ScrollTable label={title} columns={columns} tall>
      {rows.map((row) => (
        <tr key={row.join('|')}>
          {row.map((cell, i) => (i === 0 ? <th key={columns[i]} scope="row">{cell}</th> : <td key={columns[i]}>{cell}</td>))}
        </tr>
      ))}
    </ScrollTable>
  );
}

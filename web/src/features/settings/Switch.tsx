import type { ReactNode } from 'react';

interface Props {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
  readonly note?: string;
}

/** A thing that is on or off, with what it means. */
export function Switch({ checked, onChange, children, note }: Props) {
  return (
    <label className="switch">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {children}
        {note && <small className="quiet">{note}</small>}
      </span>
    </label>
  );
}

import type { ReactNode } from 'react';

interface Props {
  readonly tone: 'quiet' | 'warning' | 'error';
  readonly children: ReactNode;
  /** What the user can do. */
  readonly action?: ReactNode;
}

/** A sentence about the state of things; an error is announced at once. */
export function Notice({ tone, children, action }: Props) {
  return (
    <div className="notice" data-tone={tone} role={tone === 'error' ? 'alert' : undefined}>
      <p>{children}</p>
      {action}
    </div>
  );
}

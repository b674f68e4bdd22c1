import { Suspense, type ReactNode } from 'react';
import { defineWords, useWords } from '@/lib/language';
import { ErrorBoundary } from './ErrorBoundary';

const words = defineWords(
  { failed: (name: string) => `${name} could not be shown.`, unharmed: 'Your conversation is not affected.', again: 'Try again', loading: 'Loading…' },
  { failed: (name: string) => `无法显示${name}。`, unharmed: '您的对话不受影响。', again: '重试', loading: '加载中…' },
);

interface Props {
  /** What the panel is called where it fails. */
  readonly name: string;
  readonly children: ReactNode;
  /** What is shown until it is loaded. */
  readonly placeholder?: ReactNode;
  readonly resetKey?: unknown;
}

/** A part of a page that is loaded and fails by itself. */
export function Panel({ name, children, placeholder, resetKey }: Props) {
  const w = useWords(words);
  return (
    <ErrorBoundary
      resetKey={resetKey}
      fallback={(error, retry) => (
        <div className="panel-failed" role="alert">
          <p>
            <strong>{w.failed(name)}</strong> {w.unharmed}
          </p>
          <p className="quiet">{error.message}</p>
          <button type="button" className="button" onClick={retry}>
            {w.again}
          </button>
        </div>
      )}
    >
      <Suspense fallback={placeholder === undefined ? <p className="panel-loading quiet">{w.loading}</p> : placeholder}>{children}</Suspense>
    </ErrorBoundary>
  );
}

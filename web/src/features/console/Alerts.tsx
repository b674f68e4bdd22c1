import { useWords } from '@/lib/language';
import type { Overview } from './api';
import { words } from './words';

/** What is wrong, the worst first. */
export function Alerts({ overview: { alerts, health } }: { readonly overview: Overview }) {
  const w = useWords(words);
  return (
    <section className="alerts" aria-label={w.alerts}>
      {alerts.length === 0 && (
        <p className={`alert ${health.status === 'ok' ? 'fine' : 'warning'}`}>
          <strong>{w.status[health.status]}</strong> {health.status === 'ok' && w.noAlerts}
        </p>
      )}
      {alerts.map(({ code, severity, message }) => (
        <p key={code + message} className={`alert ${severity}`}>
          <strong>{w.severities[severity]}</strong> {message}
        </p>
      ))}
    </section>
  );
}

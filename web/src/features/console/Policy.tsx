import { formatNumber, formatPercent } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import type { Overview } from './api';
import { words } from './words';

/** Which engines the policy gives, why, and by what weights. */
export function Policy({ health: { policy, chosen } }: { readonly health: Overview['health'] }) {
  const w = useWords(words);
  const language = useLanguage();
  return (
    <section className="card policy" aria-labelledby="policy">
      <h2 id="policy">{w.policy}</h2>
      <p className="quiet">{w.policyCaption(policy.mode)}</p>
      <dl>
        {Object.entries(chosen).map(([stage, { name, why }]) => (
          <div key={stage}>
            <dt>{stage}</dt>
            <dd>
              <b>{name}</b> {why}
            </dd>
          </div>
        ))}
        <div>
          <dt>{w.weights}</dt>
          <dd>
            {Object.entries(policy.weights).map(([name, value]) => `${name} ${formatNumber(value, language, 2)}`).join(', ')}
          </dd>
        </div>
        {policy.canaries.length > 0 && (
          <div>
            <dt>{w.canaries}</dt>
            <dd>
              {policy.canaries.map(({ stage, engine, share }) => `${stage} ${engine}${share === undefined ? '' : ` ${formatPercent(share, language)}`}`).join(', ')}
            </dd>
          </div>
        )}
        {policy.tuning_steps.length > 0 && (
          <div>
            <dt>{w.tuning}</dt>
            <dd>{policy.tuning_steps.join(' ')}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

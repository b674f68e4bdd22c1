import { formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import { exampleOf, ipaOf } from '@/lib/phones';
import type { ScoredPhone } from '@/voice/protocol/serverMessages';
import { gradeOf } from './grades';
import { words } from './words';

/** How each sound of a word was said: a table whose cells are coloured, so that nothing is told by colour alone. */
export function PhoneHeatMap({ phones }: { readonly phones: readonly ScoredPhone[] }) {
  const w = useWords(words);
  const language = useLanguage();
  return (
    <figure className="phones">
      <table>
        <caption className="hidden-visually">{w.sounds}</caption>
        <tbody>
          <tr>
            <th scope="row">{w.sound}</th>
            {phones.map((phone) => (
              <td key={phone.start_ms} data-grade={gradeOf(phone.score)} title={exampleOf(phone.phone)}>
                /{ipaOf(phone.phone)}/
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{w.score}</th>
            {phones.map((phone) => (
              <td key={phone.start_ms}>{formatNumber(phone.score, language)}</td>
            ))}
          </tr>
        </tbody>
      </table>
      <figcaption className="quiet">
        {phones
          .filter((phone) => phone.said)
          .map((phone) => (
            <span key={phone.start_ms}>
              /{ipaOf(phone.phone)}/ {w.said(`/${ipaOf(phone.said!)}/`)}.{' '}
            </span>
          ))}
        {w.native}
      </figcaption>
    </figure>
  );
}

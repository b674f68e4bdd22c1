import { Figure } from '@/components/charts/Figure';
import { HeatMap, type Cell } from '@/components/charts/HeatMap';
import { formatNumber } from '@/lib/formats';
import { useLanguage, useWords } from '@/lib/language';
import { exampleOf, ipaOf, isVowel } from '@/lib/phones';
import { useResource } from '@/lib/useResource';
import { learnerPath, type List, type Phone } from './api';
import { gradeOf } from './grades';
import { words } from './words';

/** How well each sound is made: the weakest first. */
export function Sounds() {
  const w = useWords(words);
  const language = useLanguage();
  const { data } = useResource<List<Phone>>(learnerPath('/phones'));
  const phones = (data?.data ?? []).toSorted((a, b) => a.score - b.score);
  const weakest = phones.find((phone) => gradeOf(phone) === 'poor' || gradeOf(phone) === 'fair');
  const example = (phone: Phone): string => exampleOf(phone.phone) ?? phone.phone;
  const cell = (phone: Phone): Cell => {
    const grade = gradeOf(phone);
    const score = formatNumber(phone.score, language);
    const ipa = ipaOf(phone.phone);
    return {
      label: `/${ipa}/`,
      value: grade === 'unsure' ? '–' : score,
      count: phone.uses,
      grade,
      say: grade === 'unsure' ? w.soundUnsure(ipa, example(phone), phone.uses) : w.soundSay(ipa, example(phone), score, phone.uses),
    };
  };
  const caption =
    phones.length === 0
      ? w.noSounds
      : w.soundsCaption(phones.reduce((sum, { uses }) => sum + uses, 0), weakest ? w.weakest(ipaOf(weakest.phone), example(weakest)) : w.noWeakest);
  const rows = phones.map((phone) => [`/${ipaOf(phone.phone)}/`, example(phone), gradeOf(phone) === 'unsure' ? '–' : formatNumber(phone.score, language), String(phone.uses)]);
  return (
    <Figure className="sounds" title={w.sounds} caption={caption} table={{ columns: [w.sound, w.example, w.score, w.heard], rows }}>
      {phones.length > 0 && (
        <>
          <HeatMap title={w.vowels} cells={phones.filter(({ phone }) => isVowel(phone)).map(cell)} />
          <HeatMap title={w.consonants} cells={phones.filter(({ phone }) => !isVowel(phone)).map(cell)} />
          <p className="quiet heat-legend">{w.legend}</p>
        </>
      )}
    </Figure>
  );
}

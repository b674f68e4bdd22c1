/** Sounds are named as in ARPAbet, without stress. */
const vowels: ReadonlySet<string> = new Set(['AA', 'AE', 'AH', 'AO', 'AW', 'AY', 'EH', 'ER', 'EY', 'IH', 'IY', 'OW', 'OY', 'UH', 'UW']);

/** A sound in letters of the phonetic alphabet, with a word that has it. */
const spelled: Record<string, readonly [ipa: string, example: string]> = {
  AA: ['ɑ', 'father'], AE: ['æ', 'cat'], AH: ['ʌ', 'cup'], AO: ['ɔ', 'law'], AW: ['aʊ', 'now'], AY: ['aɪ', 'my'], EH: ['ɛ', 'bed'], ER: ['ɝ', 'bird'], EY: ['eɪ', 'day'],
  IH: ['ɪ', 'sit'], IY: ['i', 'see'], OW: ['oʊ', 'go'], OY: ['ɔɪ', 'boy'], UH: ['ʊ', 'book'], UW: ['u', 'too'], B: ['b', 'bee'], CH: ['tʃ', 'chin'], D: ['d', 'day'],
  DH: ['ð', 'this'], F: ['f', 'fine'], G: ['ɡ', 'go'], HH: ['h', 'he'], JH: ['dʒ', 'job'], K: ['k', 'key'], L: ['l', 'let'], M: ['m', 'me'], N: ['n', 'no'], NG: ['ŋ', 'sing'],
  P: ['p', 'pay'], R: ['ɹ', 'red'], S: ['s', 'see'], SH: ['ʃ', 'she'], T: ['t', 'tea'], TH: ['θ', 'thin'], V: ['v', 'very'], W: ['w', 'we'], Y: ['j', 'yes'], Z: ['z', 'zoo'], ZH: ['ʒ', 'vision'],
};

export function isVowel(phone: string): boolean {
  return vowels.has(phone.toUpperCase());
}

export function ipaOf(phone: string): string {
  return spelled[phone.toUpperCase()]?.[0] ?? phone.toLowerCase();
}

export function exampleOf(phone: string): string | undefined {
  return spelled[phone.toUpperCase()]?.[1];
}

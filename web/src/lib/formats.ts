import type { Language } from './language';

const locales: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' };
const formatters = new Map<string, unknown>();

// Making a formatter costs more than using it a thousand times.
function cached<T>(key: string, make: () => T): T {
  if (!formatters.has(key)) formatters.set(key, make());
  return formatters.get(key) as T;
}

/** A number with so many decimals at most. */
export function formatNumber(value: number, language: Language, decimals = 0): string {
  return cached(`n${language}${decimals}`, () => new Intl.NumberFormat(locales[language], { maximumFractionDigits: decimals })).format(value);
}

/** 0 to 1 as a percentage. */
export function formatPercent(share: number, language: Language): string {
  return cached(`p${language}`, () => new Intl.NumberFormat(locales[language], { style: 'percent', maximumFractionDigits: 0 })).format(share);
}

/** Milliseconds as people read them: "240 ms", "1.4 s". */
export function formatDuration(ms: number, language: Language): string {
  return ms < 1000 ? `${formatNumber(ms, language)} ms` : `${formatNumber(ms / 1000, language, 1)} s`;
}

/** A day, such as "3 May". */
export function formatDay(date: Date, language: Language): string {
  return cached(`d${language}`, () => new Intl.DateTimeFormat(locales[language], { day: 'numeric', month: 'short' })).format(date);
}

/** A day with its time. */
export function formatMoment(date: Date, language: Language): string {
  return cached(`m${language}`, () => new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeStyle: 'short' })).format(date);
}

import { useStore } from 'zustand';
import { persisted } from './persisted';

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** The words of a panel in each language. Chinese has the keys of English: what is missing doesn't compile. */
export interface Words<T> {
  readonly en: T;
  readonly zh: T;
}

const ofBrowser: Language = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';

/** The interface's language; not the language that is spoken. */
export const languageStore = persisted<{ language: Language }>('parley.language', { language: ofBrowser });

/**
 * Defines the words of a panel, beside the panel: they are loaded with it.
 * What needs a value is a function: `minutes: (n: number) => ...`.
 */
export function defineWords<T extends object>(en: T, zh: { [K in keyof T]: T[K] extends string ? string : T[K] }): Words<T> {
  return { en, zh: zh as T };
}

export function useLanguage(): Language {
  const language = useStore(languageStore, (state) => state.language);
  return languages.includes(language) ? language : 'en';
}

/** The words in the language that is chosen. */
export function useWords<T>(words: Words<T>): T {
  return words[useLanguage()];
}

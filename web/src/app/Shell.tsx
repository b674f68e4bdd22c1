import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { languageStore, useLanguage, useWords } from '@/lib/language';
import { followWithin, paths, usePath, type Path } from './router';
import { themes, themeStore, type Theme } from './theme';
import { words } from './words';

/** What stands around every page: where one is, and how the page looks. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const w = useWords(words);
  return (
    <>
      <a className="skip" href="#content">
        {w.skip}
      </a>
      <header className="shell">
        <a className="brand" href={paths.talk} onClick={followWithin(paths.talk)}>
          <img src="/icon.svg" alt="" width="28" height="28" />
          Parley
        </a>
        <nav aria-label={w.pages}>
          <PageLink path={paths.talk}>{w.talk}</PageLink>
          <PageLink path={paths.progress}>{w.progress}</PageLink>
        </nav>
        <LanguageButton />
        <ThemeSelect />
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

function PageLink({ path, children }: { readonly path: Path; readonly children: ReactNode }) {
  const here = usePath() === path;
  return (
    <a href={path} aria-current={here ? 'page' : undefined} onClick={followWithin(path)}>
      {children}
    </a>
  );
}

function LanguageButton() {
  const other = useLanguage() === 'en' ? 'zh' : 'en';
  return (
    <button type="button" className="button quiet" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => languageStore.setState({ language: other })}>
      {other === 'zh' ? '中文' : 'English'}
    </button>
  );
}

function ThemeSelect() {
  const w = useWords(words);
  const theme = useStore(themeStore, (state) => state.theme);
  return (
    <select className="select quiet" aria-label={w.theme} value={theme} onChange={(event) => themeStore.setState({ theme: event.target.value as Theme })}>
      {themes.map((name) => (
        <option key={name} value={name}>
          {w.themes[name]}
        </option>
      ))}
    </select>
  );
}

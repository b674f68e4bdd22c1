import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Icon } from '@/components/Icon';
import { useIsOperator } from '@/lib/access';
import { languageStore, useLanguage, useWords } from '@/lib/language';
import { followWithin, paths, usePath, type Path } from './router';
import { themes, themeStore } from './theme';
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
        <a className="brand" href={paths.talk} aria-label="Parley" onClick={followWithin(paths.talk)}>
          <img src="/icon.svg" alt="" width="28" height="28" />
          <span>Parley</span>
        </a>
        <nav aria-label={w.pages}>
          <PageLink path={paths.talk}>{w.talk}</PageLink>
          <PageLink path={paths.progress}>{w.progress}</PageLink>
          <OperatorLink />
        </nav>
        <LanguageButton />
        <ThemeButton />
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

/** For those to whom it opens, and for who is there already. */
function OperatorLink() {
  const w = useWords(words);
  const isHere = usePath() === paths.ops;
  return useIsOperator() || isHere ? <PageLink path={paths.ops}>{w.ops}</PageLink> : null;
}

function LanguageButton() {
  const other = useLanguage() === 'en' ? 'zh' : 'en';
  return (
    <button type="button" className="button quiet" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => languageStore.setState({ language: other })}>
      {other === 'zh' ? '中文' : 'English'}
    </button>
  );
}

function ThemeButton() {
  const w = useWords(words);
  const theme = useStore(themeStore, (state) => state.theme);
  const label = `${w.theme}: ${w.themes[theme]}`;
  const next = themes[(themes.indexOf(theme) + 1) % themes.length]!;
  return (
    <button type="button" className="button quiet" title={label} aria-label={label} onClick={() => themeStore.setState({ theme: next })}>
      <Icon name={theme} />
    </button>
  );
}

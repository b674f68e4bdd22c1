import { lazy, StrictMode, useEffect } from 'react';
import { ErrorBoundary } from '@/components/ErrorBoundary';
import { Panel } from '@/components/Panel';
import { VoiceContext } from '@/hooks/useVoice';
import { useLanguage, useWords } from '@/lib/language';
import type { VoiceClient } from '@/voice/VoiceClient';
import { paths, usePath } from './router';
import { Shell } from './Shell';
import { applyTheme } from './theme';
import { words } from './words';

const ConversationPage = lazy(() => import('@/features/conversation/ConversationPage'));
const DashboardPage = lazy(() => import('@/features/dashboard/DashboardPage'));
const ConsolePage = lazy(() => import('@/features/console/ConsolePage'));

/** The client. The call is given to it and outlives it. */
export function App({ voice }: { readonly voice: VoiceClient }) {
  useEffect(() => applyTheme(), []);
  return (
    <StrictMode>
      <ErrorBoundary fallback={(error) => <Broken error={error} />}>
        <VoiceContext value={voice}>
          <Pages />
        </VoiceContext>
      </ErrorBoundary>
    </StrictMode>
  );
}

function Pages() {
  const w = useWords(words);
  const path = usePath();
  const language = useLanguage();
  const [title, page] = pageOf(path, w);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.title = path === paths.talk ? 'Parley' : `${title} · Parley`;
  }, [language, path, title]);
  return (
    <Shell>
      <Panel name={title} resetKey={path}>
        {page}
      </Panel>
    </Shell>
  );
}

function pageOf(path: string, w: (typeof words)['en']) {
  switch (path) {
    case paths.talk:
      return [w.talk, <ConversationPage key={path} />] as const;
    case paths.progress:
      return [w.progress, <DashboardPage key={path} />] as const;
    case paths.ops:
      return [w.ops, <ConsolePage key={path} />] as const;
    default:
      return [w.notFound, <NotFound key={path} />] as const;
  }
}

function NotFound() {
  const w = useWords(words);
  return (
    <div className="page narrow">
      <h1>{w.notFound}</h1>
      <p>
        <a href={paths.talk}>{w.backToTalk}</a>
      </p>
    </div>
  );
}

function Broken({ error }: { readonly error: Error }) {
  const w = useWords(words);
  return (
    <main className="page narrow" role="alert">
      <h1>{w.broken}</h1>
      <p className="quiet">{error.message}</p>
      <button type="button" className="button primary" onClick={() => window.location.reload()}>
        {w.reload}
      </button>
    </main>
  );
}

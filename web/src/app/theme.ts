import { persisted } from '@/lib/persisted';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const themeStore = persisted<{ theme: Theme }>('parley.theme', { theme: 'system' });

/** Keeps the document's `data-theme`, which tokens.css reads, as it was chosen. Returns how to stop. */
export function applyTheme(root: HTMLElement = document.documentElement): () => void {
  const apply = ({ theme }: { theme: Theme }) => {
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
  };
  apply(themeStore.getState());
  return themeStore.subscribe(apply);
}

import { useSyncExternalStore, type MouseEvent } from 'react';

/** The paths of the client. The server gives the same page at each of them. */
export const paths = { talk: '/', progress: '/progress', ops: '/ops' } as const;
export type Path = (typeof paths)[keyof typeof paths];

const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('popstate', tell);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('popstate', tell);
  };
}

/** The path of the address, without a slash at its end. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => window.location.pathname.replace(/(?<=.)\/+$/, ''));
}

/** Goes to a page of the client; the call goes on, for nothing is loaded anew. What the address asks for (`?avatar=off`) stays. */
export function navigate(path: Path): void {
  window.history.pushState(null, '', path + window.location.search);
  tell();
}

/** For the `onClick` of a link: a plain click stays within the page; with a modifier the browser does what it does. */
export function followWithin(path: Path): (event: MouseEvent<HTMLAnchorElement>) => void {
  return (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(path);
  };
}

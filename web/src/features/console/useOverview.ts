import { useEffect } from 'react';
import { resources } from '@/lib/resource';
import { useResource, type Resource } from '@/lib/useResource';
import { opsPath, type Overview } from './api';

const periodMs = 2_000;

/** How the server does, asked for again and again while somebody looks. */
export function useOverview(live: boolean): Resource<Overview> {
  const resource = useResource<Overview>(opsPath, 0);
  useEffect(() => {
    if (!live) return;
    const timer = window.setInterval(() => {
      if (!document.hidden) resources.refresh(opsPath);
    }, periodMs);
    return () => window.clearInterval(timer);
  }, [live]);
  return resource;
}

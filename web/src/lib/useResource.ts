import { useEffect } from 'react';
import { useStore } from 'zustand';
import { resources, type ResourceState } from './resource';

export interface Resource<T> extends ResourceState<T> {
  /** Fetches it again. */
  readonly refresh: () => void;
}

/** What the server says at a path, fetched again when it is older than `maxAgeMs`. A failure is in `error`; nothing is thrown. */
export function useResource<T>(path: string, maxAgeMs = 30_000): Resource<T> {
  const state = useStore(resources.store(path)) as ResourceState<T>;
  useEffect(() => resources.watch(path, maxAgeMs), [path, maxAgeMs]);
  return { ...state, refresh: () => resources.invalidate(path) };
}

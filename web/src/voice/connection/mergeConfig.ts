import type { SessionConfig } from '../protocol/config';
import { isRecord } from '../protocol/shapes';

/** A configuration with changes in it: parts that are not named stay. Lists are replaced. */
export function mergeConfig(config: SessionConfig, changes: SessionConfig): SessionConfig {
  return merge(config, changes) as SessionConfig;
}

function merge(base: unknown, changes: unknown): unknown {
  if (!isRecord(base) || !isRecord(changes)) return changes;
  const merged: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(changes)) {
    if (value !== undefined) merged[name] = merge(base[name], value);
  }
  return merged;
}

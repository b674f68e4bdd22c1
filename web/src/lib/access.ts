import { identityStore } from './identity';
import { resources } from './resource';
import { useResource } from './useResource';

/** What the key of this browser opens: docs/api.md, "/v1/access". */
interface Access {
  readonly admitted: boolean;
  readonly operator: boolean;
}

const path = '/v1/access';

// With another key other doors open.
identityStore.subscribe(({ key }, { key: before }) => key !== before && resources.invalidate(path));

/** Whether the operator's pages open to this browser; false while that is not known. */
export function useIsOperator(): boolean {
  return useResource<Access>(path, 60_000).data?.operator === true;
}

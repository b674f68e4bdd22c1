import { identityStore } from './identity';

/** A request that failed: by the server's error object, or because nothing answered (`status` 0). */
export class RestError extends Error {
  constructor(
    readonly status: number,
    readonly code: string | null,
    message: string,
  ) {
    super(message);
    this.name = 'RestError';
  }
}

export interface RestRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** An object is sent as JSON, a form as a form. */
  readonly body?: object | FormData;
  readonly signal?: AbortSignal;
  /** The wait for the whole answer, in ms. */
  readonly timeoutMs?: number;
}

/** Sends a request to this page's server, with the key where there is one. */
export async function request(path: string, options: RestRequest = {}): Promise<Response> {
  const { method = 'GET', body, signal, timeoutMs = 30_000 } = options;
  const headers = new Headers({ accept: 'application/json' });
  const { key } = identityStore.getState();
  if (key) headers.set('authorization', `Bearer ${key}`);
  const form = body instanceof FormData;
  if (body && !form) headers.set('content-type', 'application/json');
  const timeout = AbortSignal.timeout(timeoutMs);

  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: form ? body : body ? JSON.stringify(body) : null,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new RestError(0, null, 'The server does not answer.');
  }
  if (!response.ok) throw await failure(response);
  return response;
}

/** The answer's JSON. Its shape is the server's word; what a panel does with it stands behind an error boundary. */
export async function requestJson<T>(path: string, options?: RestRequest): Promise<T> {
  const response = await request(path, options);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function failure(response: Response): Promise<RestError> {
  const body: unknown = await response.json().catch(() => null);
  const error = (body as { error?: { message?: unknown; code?: unknown } } | null)?.error;
  const message = typeof error?.message === 'string' ? error.message : `${response.status} ${response.statusText}`;
  return new RestError(response.status, typeof error?.code === 'string' ? error.code : null, message);
}

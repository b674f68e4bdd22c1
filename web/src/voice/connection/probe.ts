/** What is at the address of a server to which no socket can be opened. */
export type Reachability = 'silent' | 'key' | 'protocol';

/** Browsers don't say why a WebSocket was refused; the same address asked by plain HTTP does. */
export async function probe(url: string, key: string, signal: AbortSignal): Promise<Reachability> {
  try {
    const headers = key ? { authorization: `Bearer ${key}` } : {};
    const response = await fetch(url.replace(/^ws/, 'http'), { headers, signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) });
    if (response.status === 401) return 'key';
    // 426: it is the right address, and wants a WebSocket. That it took none means that it speaks another version.
    return response.status === 426 ? 'protocol' : 'silent';
  } catch {
    return 'silent';
  }
}

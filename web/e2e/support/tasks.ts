import type { Page } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the thread's own time; other programs on the machine don't count. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Does something and tells what each task of the page's main thread cost meanwhile: milliseconds of the processor, the longest first. */
export async function tasksOf(page: Page, act: () => Promise<void>): Promise<number[]> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ['toplevel'] });
  let trace: Buffer;
  try {
    await act();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const tasks = traceEvents.filter(({ name, ph, tdur }) => ph === 'X' && tdur !== undefined && name.endsWith('RunTask'));
  // Of all the browser's pages this one is at work.
  const pages = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(threadOf));
  return tasks.filter((task) => pages.has(threadOf(task))).map(({ tdur }) => tdur! / 1000).toSorted((a, b) => b - a);
}

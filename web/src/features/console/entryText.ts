import type { TimelineEntry } from './api';

/** Who an entry belongs to: what came in, what went out, what was decided. */
export type Side = 'in' | 'out' | 'decision';

export interface EntryText {
  readonly side: Side;
  /** The message's type, or the kind of entry. */
  readonly name: string;
  readonly text: string;
}

/** Messages that hold what was said, as captions do. */
const said: ReadonlySet<string> = new Set(['asr_final', 'text_input', 'segment_begin']);

const longest = 240;
/** What says most of an entry, in this order. */
const telling = ['text', 'heard_text', 'state', 'chosen', 'verdict', 'why', 'reason', 'message', 'event', 'to'];
/** Fields that every message has. */
const common: ReadonlySet<string> = new Set(['type', 'session_id', 'seq']);

/** Whether an entry is a sentence that the user or the tutor said. */
export function isSaid({ name }: EntryText): boolean {
  return said.has(name);
}

/** An entry of a timeline in a line. What is not understood is shown as it is. */
export function textOf({ kind, data, samples }: TimelineEntry): EntryText {
  const side: Side = kind === 'sent' ? 'out' : kind === 'received' || kind === 'audio' ? 'in' : 'decision';
  const name = (kind === 'sent' || kind === 'received') && typeof data?.['type'] === 'string' ? data['type'] : kind;
  if (samples !== undefined) return { side, name, text: `${samples} samples` };
  return { side, name, text: data ? shorten(describe(data)) : '' };
}

function describe(data: Readonly<Record<string, unknown>>): string {
  const first = telling.filter((field) => typeof data[field] === 'string' && data[field] !== '').slice(0, 2);
  if (first.length > 0) return first.map((field) => String(data[field])).join(' · ');
  const rest = Object.entries(data).filter(([field, value]) => !common.has(field) && value !== null);
  return rest.map(([field, value]) => `${field} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`).join(', ');
}

function shorten(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

import { group } from 'd3-array';
import type { ProgressDay } from './api';

/** More marks than this are not read one by one: then a mark is a week. */
export const mostMarks = 30;

/** A day or a week of a learner. */
export interface Period {
  /** Its first day, at midnight here. */
  readonly at: Date;
  readonly turns: number;
  readonly minutes: number;
  readonly newWords: number;
  readonly wordsPerMinute: number | null;
  readonly accuracy: number | null;
  readonly fluency: number | null;
  readonly prosody: number | null;
  readonly mistakesPer100Words: number | null;
  readonly mtld: number | null;
}

export interface Periods {
  readonly unit: 'day' | 'week';
  readonly periods: readonly Period[];
}

/** The days, or where they are too many the weeks, on which something was said. A week's measures are those of its days, weighted by their turns. */
export function periodsOf(days: readonly ProgressDay[]): Periods {
  if (days.length <= mostMarks) return { unit: 'day', periods: days.map((day) => merge(dateOf(day.day), [day])) };
  const weeks = group(days, (day) => mondayOf(dateOf(day.day)).getTime());
  return { unit: 'week', periods: [...weeks].map(([monday, ofWeek]) => merge(new Date(monday), ofWeek)) };
}

function merge(at: Date, days: readonly ProgressDay[]): Period {
  const sum = (of: (day: ProgressDay) => number): number => days.reduce((total, day) => total + of(day), 0);
  return {
    at,
    turns: sum((d) => d.turns),
    minutes: sum((d) => d.minutes),
    newWords: sum((d) => d.new_words),
    wordsPerMinute: mean(days, (d) => d.words_per_minute),
    accuracy: mean(days, (d) => d.accuracy),
    fluency: mean(days, (d) => d.fluency),
    prosody: mean(days, (d) => d.prosody),
    mistakesPer100Words: mean(days, (d) => d.mistakes_per100_words),
    // It is of the newest words at the end of the day already.
    mtld: days.findLast((d) => d.mtld !== undefined && d.mtld !== null)?.mtld ?? null,
  };
}

function mean(days: readonly ProgressDay[], of: (day: ProgressDay) => number | null): number | null {
  let weight = 0;
  let total = 0;
  for (const day of days) {
    const value = of(day);
    if (value === null) continue;
    weight += day.turns;
    total += value * day.turns;
  }
  return weight > 0 ? total / weight : null;
}

function dateOf(day: string): Date {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date);
}

function mondayOf(date: Date): Date {
  const monday = new Date(date);
  monday.setDate(date.getDate() - ((date.getDay() + 6) % 7));
  return monday;
}

/** By how much something changed from the begin of the periods to their end: the mean of the last third against that of the first; null for too few. */
export function changeOf(periods: readonly Period[], of: (period: Period) => number | null): number | null {
  const values = periods.map(of).filter((value) => value !== null);
  if (values.length < 3) return null;
  const third = Math.floor(values.length / 3);
  const average = (part: readonly number[]): number => part.reduce((a, b) => a + b, 0) / part.length;
  return average(values.slice(-third)) - average(values.slice(0, third));
}


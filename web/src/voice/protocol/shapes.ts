/**
 * Guards from which the types of what they let through are read, so that what is checked and what is typed are one text.
 * `null` means the same as an absent field (docs/protocol.md); `readJson` in parse.ts has taken it out before.
 */
export type Guard<T> = (value: unknown) => value is T;
export type Checked<G> = G extends Guard<infer T> ? T : never;

interface Optional<T> {
  readonly optional: Guard<T>;
}
type Fields = Readonly<Record<string, Guard<unknown> | Optional<unknown>>>;
type OptionalKeys<F extends Fields> = { [K in keyof F]: F[K] extends Optional<unknown> ? K : never }[keyof F];
type Shaped<F extends Fields> = {
  readonly [K in Exclude<keyof F, OptionalKeys<F>>]: F[K] extends Guard<infer T> ? T : never;
} & { readonly [K in OptionalKeys<F>]?: F[K] extends Optional<infer T> ? T : never };

export const text: Guard<string> = (value) => typeof value === 'string';
export const flag: Guard<boolean> = (value) => typeof value === 'boolean';
export const number: Guard<number> = (value): value is number => Number.isFinite(value);
/** 0, 1, 2 …, as far as a number is exact. */
export const count: Guard<number> = (value): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
export const anything: Guard<unknown> = (_value): _value is unknown => true;

export function optional<T>(guard: Guard<T>): Optional<T> {
  return { optional: guard };
}

/** What may be missing in a list. */
export function maybe<T>(guard: Guard<T>): Guard<T | undefined> {
  return (value): value is T | undefined => value === undefined || guard(value);
}

export function oneOf<const T extends readonly string[]>(...values: T): Guard<T[number]> {
  return (value): value is T[number] => values.includes(value as string);
}

export function either<A, B>(first: Guard<A>, second: Guard<B>): Guard<A | B> {
  return (value): value is A | B => first(value) || second(value);
}

export function listOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(guard);
}

export function tuple<T extends readonly unknown[]>(...guards: { [K in keyof T]: Guard<T[K]> }): Guard<Readonly<T>> {
  return (value): value is Readonly<T> => Array.isArray(value) && value.length >= guards.length && guards.every((guard, i) => guard(value[i]));
}

export function mapOf<T>(guard: Guard<T>): Guard<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> => isRecord(value) && Object.values(value).every(guard);
}

/** An object with these fields; others are let be. */
export function shape<F extends Fields>(fields: F): Guard<Shaped<F>> {
  const entries = Object.entries(fields);
  return (value): value is Shaped<F> =>
    isRecord(value) &&
    entries.every(([name, field]) => {
      const part = value[name];
      return typeof field === 'function' ? field(part) : part === undefined || field.optional(part);
    });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// What the server takes as one page.
const longest = 200_000;

/** The pages of a text: parted by form feeds, as programs print them, or by lines of dashes, as slides are written. */
export function pagesOf(text: string): readonly string[] {
  return text
    .split(/\f|^-{3,}[ \t]*$/m)
    .map((page) => page.trim().slice(0, longest))
    .filter((page) => page !== '');
}

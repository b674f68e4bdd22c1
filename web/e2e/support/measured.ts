/** Says what a test has measured, beside whether it was good enough. */
export function measured(figures: string): void {
  process.stdout.write(`     ${figures}\n`);
}

import { defineConfig } from '@playwright/test';

/** The browser is Debian's; the server is the real one, which e2e/support/server.ts starts and stops, with a data folder of its own. */
export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  // On a machine that is busy speech takes its time.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  // Beside other work the fake microphone drops out now and then, for a tenth of a second or three.
  retries: 1,
  reporter: 'list',
  projects: [{ name: 'tests' }, { name: 'pictures', testMatch: 'pictures.ts', retries: 0 }],
});

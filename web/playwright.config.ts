import { defineConfig } from '@playwright/test';

const port = 8790;

/** The browser is Debian's, the server is the real one, with a data folder of its own. */
export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  timeout: 60_000,
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] },
  },
  webServer: {
    command: `dotnet ../artifacts/bin/Parley.Cli/release/parley.dll serve --urls http://127.0.0.1:${port} --Parley:Store:Path=../artifacts/e2e/parley.db --Parley:Learners:Path=../artifacts/e2e/learners.db`,
    url: `http://127.0.0.1:${port}/health`,
    timeout: 60_000,
  },
});

/// <reference types="vitest/config" />
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env['PARLEY_SERVER'] ?? 'http://127.0.0.1:8710';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    // Where the server looks for it; see WebClientFolder.cs.
    outDir: '../artifacts/web',
    emptyOutDir: true,
    target: 'es2023',
    // No data: addresses, so that the content security policy can be strict.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  server: {
    proxy: { '/v1': { target: server, ws: true }, '/health': server, '/metrics': server },
    headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    environment: 'happy-dom',
    // Properties are tried a hundred times, on machines that have other things to do as well.
    testTimeout: 30_000,
    restoreMocks: true,
  },
});

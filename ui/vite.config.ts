import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

import { onlyWoff2 } from './vite.fonts';
import { frozenPrototype } from './vite.frozen';

export default defineConfig({
  // The window loads from a custom protocol, so every address is relative.
  base: './',
  plugins: [svelte(), svelteTesting(), frozenPrototype(), onlyWoff2()],
  optimizeDeps: { rolldownOptions: { plugins: [frozenPrototype()] } },
  // Mermaid brings a KaTeX of its own; one is enough.
  resolve: { dedupe: ['katex'] },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  build: {
    outDir: 'dist',
    // The oldest WebKit that knows light-dark(), which the tokens stand on.
    target: ['safari17.5', 'chrome123'],
    cssTarget: ['safari17.5', 'chrome123'],
    chunkSizeWarningLimit: 1500,
    reportCompressedSize: false,
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/testing/setup.ts'],
    maxWorkers: 2,
    // Drawing whole windows beside a Rust build takes its time.
    testTimeout: 30_000,
    // The tokens are read as text, to be held against the contrast rules.
    css: { include: [/(tokens|contrast)\.css/] },
  },
});

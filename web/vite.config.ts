import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Everything is bundled and served from our own origin: no inline script, no inline style, no asset as a data URL. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: 'chrome123',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
  },
});

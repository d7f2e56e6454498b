import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm run dev` finds the running workbench; its launch link sets the cookie that the proxy passes on. */
const workbench = process.env.QUARTERDECK_URL ?? 'http://127.0.0.1:7433';

export default defineConfig({
  plugins: [react(), tailwindcss()],
  base: '/',
  // The server puts a nonce of its own into every answer in place of this; nothing else may run or style the page.
  html: { cspNonce: 'QUARTERDECK_NONCE' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      // What tells zod to make no code stands in zod's own chunk: no schema of another chunk is made before it.
      output: { codeSplitting: { groups: [{ name: 'zod', test: /node_modules[\\/]zod[\\/]|src[\\/]no-code-of-text/ }] } },
    },
  },
  server: { proxy: { '/api': { target: workbench, ws: true, changeOrigin: true, headers: { origin: workbench } } } },
});

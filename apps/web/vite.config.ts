import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm run dev` finds the running workbench; its launch link sets the cookie that the proxy passes on. */
const workbench = process.env.QUARTERDECK_URL ?? 'http://127.0.0.1:7433';

interface ModuleGraph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

const entry = resolve(import.meta.dirname, 'src', 'main.tsx');
let start: Set<string> | null = null;

/** An index leads to much that a page does not use: who uses what of it decides. */
const isIndex = (id: string): boolean => /contract[\\/]src[\\/]index\.ts$|lucide-react[\\/]dist[\\/]esm[\\/]lucide-react\.m?js$/.test(id);

/** What every page needs. Left to itself it would be a hundred small files, one for each set of pages that share them. */
function modulesOfStart(graph: ModuleGraph): Set<string> {
  if (start !== null) return start;
  start = new Set([entry]);
  for (const id of start) if (!isIndex(id)) for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) start.add(imported);
  return start;
}

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
      output: {
        codeSplitting: {
          groups: [
            // What tells zod to make no code stands in zod's own chunk: no schema of another chunk is made before it.
            { name: 'zod', test: /node_modules[\\/]zod[\\/]|src[\\/]no-code-of-text/, priority: 2 },
            { name: (id, graph) => (modulesOfStart(graph).has(id) ? 'start' : null), debugName: 'start', priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': { target: workbench, ws: true, changeOrigin: true, headers: { origin: workbench } } } },
});

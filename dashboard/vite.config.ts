/** How the page is built: into `dist`, which the hub serves, with its service worker, and with each text file compressed beside itself. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const COMPRESSED = /\.(js|css|html|svg)$/;

/** The hub sends `x.js.br` or `x.js.gz` for `x.js` where the browser takes it, and so compresses nothing itself. */
function compressed(): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved: (config) => {
      folder = resolve(config.root, config.build.outDir);
    },
    writeBundle: () => {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => COMPRESSED.test(name))) {
        const bytes = readFileSync(join(folder, name));
        writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes));
      }
    },
  };
}

/** Names the files of the build in the service worker: a new build is a new worker, which then keeps these. */
function shellNamed(): Plugin {
  return {
    name: 'shell-named',
    apply: 'build',
    generateBundle: (_, bundle) => {
      const worker = bundle['worker.js'];
      if (worker?.type !== 'chunk') throw new Error('the build has no service worker');
      const assets = Object.keys(bundle).filter((name) => name.startsWith('assets/'));
      worker.code = worker.code.replaceAll('SHELL_FILES', JSON.stringify(['/', ...assets.map((name) => `/${name}`)]));
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), shellNamed(), compressed()],
  // no `data:` address: the page's policy allows files of its own origin only
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: resolve(import.meta.dirname, 'index.html'), worker: resolve(import.meta.dirname, 'offline/worker.ts') },
      // the worker's address stays the same, so that the browser finds the new one there
      output: { entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js') },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});

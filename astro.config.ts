import { cp } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mdx from '@astrojs/mdx';
import node from '@astrojs/node';
import react from '@astrojs/react';
import type { AstroIntegration } from 'astro';
import { defineConfig, passthroughImageService } from 'astro/config';

/** A build keeps its own things to itself: several may be going on. */
const cache = process.env['SITE_CACHE'];

/** The pictures that lie with the text become files of the site, under the addresses that the text names. */
const pictures: AstroIntegration = {
  name: 'pictures-of-content',
  hooks: {
    'astro:build:done': async ({ dir }) => {
      const folder = join(process.env['CONTENT_DIR'] ?? 'content', 'bilder');
      if (existsSync(folder)) await cp(folder, join(fileURLToPath(dir), 'bilder'), { recursive: true });
    },
  },
};

export default defineConfig({
  output: 'static',
  ...(cache === undefined ? {} : { cacheDir: cache }),
  // Our own HTTP server (src/server) wraps the handler: headers, guards and drain are ours.
  // Pages are sent whole: one that fails half-way becomes an error page, not half a page.
  adapter: node({ mode: 'middleware', bodySizeLimit: 1024 * 1024, experimentalDisableStreaming: true }),
  integrations: [mdx(), react(), pictures],
  trailingSlash: 'ignore',
  prerenderConflictBehavior: 'error',
  devToolbar: { enabled: false },
  session: false,
  image: { service: passthroughImageService() },
  build: { format: 'directory', inlineStylesheets: 'never', assets: '_astro' },
  markdown: { syntaxHighlight: false },
  // No build reads .env: what is set there is for the server.
  vite: {
    envDir: false,
    build: { assetsInlineLimit: 0 },
    environments: {
      client: {
        build: {
          rolldownOptions: {
            // React in one file: a page with an island asks for few, and none twice.
            output: {
              codeSplitting: {
                groups: [{ name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ }],
              },
            },
          },
        },
      },
    },
    ...(cache === undefined ? {} : { cacheDir: cache }),
  },
  security: {
    // The server checks Origin on every unsafe request, JSON included; Astro's own check knows only forms.
    checkOrigin: false,
    csp: {
      directives: [
        "default-src 'none'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
      ],
    },
  },
});

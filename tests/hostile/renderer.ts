/** Renders a body as the site does, outside a build. */
import { getViteConfig } from 'astro/config';
import { experimental_AstroContainer as AstroContainer } from 'astro/container';
import { createServer } from 'vite';
import type { Body } from '#src/features/documents/body.ts';
import type { FactLookup } from '#src/features/facts/facts-lookup.ts';

export interface Renderer {
  render(body: Body, facts: FactLookup): Promise<string>;
  close(): Promise<void>;
}

export async function openRenderer(): Promise<Renderer> {
  const config = await getViteConfig(
    {
      cacheDir: '.cache/hostile',
      optimizeDeps: { noDiscovery: true },
      server: { middlewareMode: true, watch: null, ws: false, hmr: false },
    },
    // Its pages are never asked for; that they never came about is no fault.
    { logLevel: 'silent' },
  )({
    mode: 'production',
    command: 'serve',
  });
  const server = await createServer(config);
  const { default: BodyView } = await server.ssrLoadModule('/src/features/documents/BodyView.astro');
  const container = await AstroContainer.create();
  return {
    render: (body, facts) => container.renderToString(BodyView, { props: { body, facts } }),
    close: () => server.close(),
  };
}

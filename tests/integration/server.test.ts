import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errors } from '#src/i18n/errors.ts';
import { paths } from '#src/lib/paths.ts';
import { BODY_LIMIT, bodyLimit, PICTURE_LIMIT, TEXT_LIMIT } from '#src/server/body.ts';
import type { AstroHandler } from '#src/lib/render-page.ts';
import { ask, startTestSite, staticPage, type TestSite } from '../support/site.ts';

const LONG = 'Tryggt och stadigt. '.repeat(500);
/** Lets the slow page end; there while somebody waits for it. */
const slow = new Map<'end', () => void>();
let site: TestSite;

/** In Astro's place. */
const pages: AstroHandler = async (req, res, next, { call }) => {
  const [path] = (req.url ?? '').split('?');
  call.route = path ?? '';
  const send = (status: number, text: string, type = 'text/html') => {
    res.writeHead(status, { 'content-type': type, 'cache-control': 'public, max-age=60' });
    res.end(text);
  };
  const body = (req as unknown as { body: Uint8Array }).body;
  if (path === '/lang') return send(200, LONG);
  if (path === '/kort') return send(200, 'kort');
  if (path === '/siffror.json') return send(200, JSON.stringify({ LONG }), 'application/json');
  if (path === '/eko') return send(200, `${Buffer.from(body).toString()}|${JSON.stringify(req.headers)}`);
  if (path === '/forhandsvisning' || path === '/forhandsvisning-med-skript') {
    call.sandbox = path === '/forhandsvisning' ? 'still' : 'scripts';
    return send(200, LONG);
  }
  if (path === '/bild') {
    call.isPublicFile = true;
    return send(200, 'bild', 'image/webp');
  }
  if (path === '/vem') return send(200, JSON.stringify(call));
  if (path === '/tom') return send(404, '');
  if (path === '/upptagen') return send(503, 'Många loggar in just nu.');
  if (path === '/api/halsa') return send(503, '{"status":"error"}', 'application/json');
  if (path === '/ordlos') {
    res.statusCode = 500;
    res.end('Internal Server Error');
    return undefined;
  }
  if (path === '/trasig') {
    call.error = new Error('hemligt: maja@exempel.test');
    return send(500, '');
  }
  if (path === '/kastar') throw new Error('hemligt: maja@exempel.test');
  if (path === '/avbruten') {
    res.writeHead(200);
    res.write('halv sida');
    res.destroy(new Error('hemligt'));
    return undefined;
  }
  if (path === '/utan-databas') {
    call.error = Object.assign(new Error('connect'), { code: 'ECONNREFUSED', syscall: 'connect' });
    return send(500, '');
  }
  if (path === '/kakor') {
    res.writeHead(303, { location: '/min-sida', 'set-cookie': ['a=1', 'b=2'] });
    res.end();
    return undefined;
  }
  if (path === '/langsam') {
    await new Promise<void>((resolve) => slow.set('end', resolve));
    return send(200, 'klar');
  }
  return next();
};

const errorPages = Object.fromEntries(
  Object.entries(errors).map(([name, { title }]) => [`fel/${name}/index.html`, staticPage(title)]),
);
const files = {
  'index.html': staticPage('Start'),
  '404.html': staticPage(errors['finns-inte'].title),
  'kurs/index.html': staticPage(LONG),
  'stod/index.html': staticPage('Stöd'),
  '_astro/app.abc123.js': `console.log(${JSON.stringify(LONG)})`,
  'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'robots.txt': 'User-agent: *',
  ...errorPages,
};

beforeAll(async () => {
  site = await startTestSite(files, pages);
});
afterAll(() => site.close());

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': expect.stringMatching(/^(same|cross)-origin$/),
  'content-security-policy': expect.stringMatching(/default-src 'none'.*; frame-ancestors 'none'$/),
  'permissions-policy': expect.stringContaining('geolocation=()'),
};

describe('Every response', () => {
  test.each([
    ['a static page', '/', 200, {}],
    ['a script', '/_astro/app.abc123.js', 200, {}],
    ['a picture', '/favicon.svg', 200, {}],
    ['a page rendered on demand', '/lang', 200, {}],
    ['data', '/siffror.json', 200, {}],
    ['a redirect to the slash', '/kurs', 301, {}],
    ['a redirect of a page', '/kakor', 303, {}],
    ['an unknown address', '/finns-inte', 404, {}],
    ['an unreadable address', '/%', 400, {}],
    ['a method that is not for it', '/kurs/', 405, { method: 'POST' }],
    ['a method that is for nothing', '/kurs/', 405, { method: 'DELETE' }],
    ['another host', '/kurs/', 421, { headers: { host: 'evil.test' } }],
    ['another origin', '/kort', 403, { method: 'POST', headers: { origin: 'https://evil.test' } }],
    ['too large a body', '/eko', 413, { method: 'POST', body: Buffer.alloc(70_000) }],
    ['a broken page', '/trasig', 500, {}],
    ['a page without database', '/utan-databas', 503, {}],
    ['HEAD', '/kurs/', 200, { method: 'HEAD' }],
  ])('has the same protection: %s', async (_what, path, status, options) => {
    const answer = await site.ask(path, options);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject(ALWAYS);
    for (const name of ['server', 'x-powered-by', 'strict-transport-security']) {
      expect(answer.headers).not.toHaveProperty(name);
    }
  });

  test.each([
    ['/_astro/app.abc123.js', 'cross-origin', '*'],
    ['/favicon.svg', 'cross-origin', '*'],
    ['/bild', 'cross-origin', '*'],
    ['/', 'same-origin', undefined],
    ['/kort', 'same-origin', undefined],
    ['/siffror.json', 'same-origin', undefined],
    ['/forhandsvisning', 'same-origin', undefined],
  ])('is everyone’s only when it is a file that anyone may have: %s', async (path, policy, origin) => {
    const { headers } = await site.ask(path);
    expect(headers['cross-origin-resource-policy']).toBe(policy);
    expect(headers['access-control-allow-origin']).toBe(origin);
  });

  test.each([
    ['/forhandsvisning', "; sandbox; frame-ancestors 'self'"],
    ['/forhandsvisning-med-skript', "; sandbox allow-scripts; frame-ancestors 'self'"],
  ])('stands in a frame only when the page is shut in: %s', async (path, ending) => {
    const { headers } = await site.ask(path);
    expect(headers['content-security-policy']).toMatch(new RegExp(`${ending}$`));
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
    // Browsers show no page with both.
    expect(headers['cross-origin-opener-policy']).toBe('unsafe-none');
  });

  test('has it even when the request cannot be understood at all', async () => {
    const socket = connectSocket(site.port, '127.0.0.1');
    socket.end('GARBAGE\r\n\r\n');
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await once(socket, 'close');
    expect(text).toMatch(/^HTTP\/1\.1 400/);
    for (const name of Object.keys(ALWAYS)) expect(text).toContain(`${name}: `);
  });

  test('tells the page’s own policy once, as a header', async () => {
    const { headers, text } = await site.ask('/');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';style-src 'self' 'sha256-abc='; frame-ancestors 'none'",
    );
    expect(text).not.toContain('http-equiv');
  });

  test('demands https from then on, when the site has an https address', async () => {
    process.env['PUBLIC_ORIGIN'] = 'https://kurs.example.se';
    const secure = await startTestSite(files, pages);
    try {
      const answer = await ask(secure.port, '/', { headers: { host: 'kurs.example.se' } });
      expect(answer.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
      expect((await ask(secure.port, '/')).status).toBe(421);
      // A load balancer asks by address; there is no such page in this small site.
      expect((await ask(secure.port, '/api/health')).status).toBe(404);
    } finally {
      delete process.env['PUBLIC_ORIGIN'];
      await secure.close();
    }
  });
});

describe('The static site', () => {
  test('is sent as small as the client takes it', async () => {
    const plain = await site.ask('/kurs/');
    const sizes = new Map<string, number>();
    for (const accept of ['br', 'gzip', 'gzip, deflate, br;q=0.9']) {
      const answer = await site.ask('/kurs/', { headers: { 'accept-encoding': accept } });
      expect(answer.text).toBe(plain.text);
      expect(answer.headers['vary']).toBe('Accept-Encoding');
      sizes.set(`${accept} → ${answer.headers['content-encoding']}`, answer.bytes);
      expect(Number(answer.headers['content-length'])).toBe(answer.bytes);
    }
    expect([...sizes.keys()]).toEqual(['br → br', 'gzip → gzip', 'gzip, deflate, br;q=0.9 → br']);
    for (const bytes of sizes.values()) expect(bytes).toBeLessThan(plain.bytes / 10);
  });

  test.each(['', 'identity', 'br;q=0', 'gzip;q=0.0, br; q=0', 'zstd'])(
    'is sent as it is for %j',
    async (accept) => {
      const { headers } = await site.ask('/kurs/', { headers: { 'accept-encoding': accept } });
      expect(headers['content-encoding']).toBeUndefined();
    },
  );

  test('is sent once: a browser that has it gets 304', async () => {
    const first = await site.ask('/kurs/', { headers: { 'accept-encoding': 'br' } });
    expect(first.headers['cache-control']).toBe('no-cache');
    const tag = String(first.headers.etag);
    for (const given of [tag, `W/${tag}`, `"x", ${tag}`, '*', tag.replace('-br', '')]) {
      const again = await site.ask('/kurs/', { headers: { 'if-none-match': given } });
      expect([again.status, again.bytes]).toEqual([304, 0]);
      expect(again.headers).toMatchObject({ ...ALWAYS, etag: expect.any(String) });
    }
    expect((await site.ask('/kurs/', { headers: { 'if-none-match': '"annan"' } })).status).toBe(200);
    expect((await site.ask('/', { headers: { 'if-none-match': tag } })).status).toBe(200);
  });

  test('keeps files that are named after their content for a year', async () => {
    const { headers } = await site.ask('/_astro/app.abc123.js');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  test('leads to the slash and keeps the query', async () => {
    expect((await site.ask('/kurs?a=b%2F')).headers.location).toBe('/kurs/?a=b%2F');
    expect((await site.ask('/kurs')).status).toBe(301);
  });

  test.each([
    '/kurs/index.html',
    '/index.html',
    '/404.html',
    '/404',
    '/fel/fordjupning/',
    '/fel/fordjupning',
    '/../server/entry.mjs',
    '/%2e%2e/server/entry.mjs',
    '/..%2fserver/entry.mjs',
    '/_astro/',
    '/_astro',
    '/KURS/',
    '/kurs/%20',
    '//kurs/',
    '/kurs//',
    '/kurs/.',
    '/kurs%00/',
    '/constructor',
    '/__proto__',
  ])('does not answer to %s', async (path) => {
    const { status, text } = await site.ask(path);
    expect([400, 404]).toContain(status);
    expect(text).toMatch(/Det går inte att läsa|Sidan finns inte/);
  });

  test('answers HEAD like GET, without the body', async () => {
    const get = await site.ask('/kurs/');
    const head = await site.ask('/kurs/', { method: 'HEAD' });
    expect(head.bytes).toBe(0);
    for (const name of ['content-length', 'etag', 'content-type']) {
      expect(head.headers[name]).toBe(get.headers[name]);
    }
  });
});

describe('Pages rendered on demand', () => {
  test('are never stored, whatever the page itself says', async () => {
    for (const path of ['/lang', '/kort', '/siffror.json', '/kakor', '/tom', '/trasig']) {
      expect((await site.ask(path)).headers['cache-control']).toBe('no-store');
    }
  });

  test('are compressed when it is worth it', async () => {
    const headers = { 'accept-encoding': 'gzip, br' };
    const long = await site.ask('/lang', { headers });
    expect(long.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' });
    expect(long.text).toBe(LONG);
    expect((await site.ask('/siffror.json', { headers })).headers['content-encoding']).toBe('br');
    expect((await site.ask('/kort', { headers })).headers['content-encoding']).toBeUndefined();
  });

  test('get the body, the cookies they set and one spelling of the address', async () => {
    const sent = { method: 'POST', body: 'epost=a&losenord=%C3%A5' };
    expect((await site.ask('/%65ko', sent)).text).toContain('epost=a&losenord=%C3%A5|');
    expect((await site.ask('/kakor')).headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect((await site.ask('/eko', { method: 'POST' })).text).toMatch(/^\|/);
  });

  test('learn who asks from us and from nothing an outsider says', async () => {
    const forged = {
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-host': 'localhost',
      'x-forwarded-proto': 'https',
      forwarded: 'for=6.6.6.6;proto=https',
      'x-real-ip': '6.6.6.6',
    };
    expect(JSON.parse((await site.ask('/vem', { headers: forged })).text)).toEqual({
      clientAddress: '127.0.0.1',
      isSecure: false,
      route: '/vem',
    });
    expect((await site.ask('/eko', { headers: forged })).text).not.toMatch(/6\.6\.6\.6|forwarded/);
  });
});

describe('What goes wrong', () => {
  test.each([
    ['/finns-inte', 404, 'finns-inte'],
    ['/tom', 404, 'finns-inte'],
    ['/trasig', 500, 'nagot-gick-fel'],
    ['/kastar', 500, 'nagot-gick-fel'],
    ['/ordlos', 500, 'nagot-gick-fel'],
    ['/avbruten', 500, 'nagot-gick-fel'],
    ['/utan-databas', 503, 'svarar-inte'],
  ] as const)('%s is told on a page of our own, with status %i', async (path, status, name) => {
    const answer = await site.ask(path);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.text).toContain(errors[name].title);
    expect(answer.text).not.toMatch(/hemligt|exempel\.test|\bat .*:\d+/);
  });

  test('is told by the page itself, where it has words of its own', async () => {
    const busy = await site.ask('/upptagen');
    expect([busy.status, busy.text]).toEqual([503, 'Många loggar in just nu.']);
    const health = await site.ask('/api/halsa');
    expect([health.status, health.text]).toEqual([503, '{"status":"error"}']);
  });

  test('is nobody’s fault and not logged when a browser breaks off what it sends', async () => {
    site.log.length = 0;
    const socket = connectSocket(site.port, '127.0.0.1');
    socket.write(
      'POST /eko HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\ncontent-length: 100\r\n\r\nhalv',
    );
    // The server says that it listens.
    await once(socket, 'data');
    socket.destroy();
    await once(socket, 'close');
    expect((await site.ask('/kort')).status).toBe(200);
    expect(site.log.map(({ route }) => route)).toEqual(['/kort']);
  });

  test('says when to come back, where that is known', async () => {
    expect((await site.ask('/utan-databas')).headers['retry-after']).toBe('30');
    expect((await site.ask('/', { method: 'PUT' })).headers.allow).toBe('GET, HEAD');
  });

  test('reaches the log without what people wrote', async () => {
    await site.ask('/trasig?epost=maja@exempel.test');
    const entry = site.log.at(-1)!;
    expect(entry).toMatchObject({ method: 'GET', route: '/trasig', status: 500 });
    expect(entry.error).toMatchObject({ name: 'Error', at: expect.any(Array) });
    expect(JSON.stringify(site.log)).not.toMatch(/hemligt|maja/);
  });
});

describe('The body of a form', () => {
  test('may be 64 kB and no larger, announced or not', async () => {
    const atLimit = Buffer.alloc(64 * 1024, 'a');
    expect((await site.ask('/eko', { method: 'POST', body: atLimit })).status).toBe(200);
    const over = Buffer.alloc(64 * 1024 + 1, 'a');
    expect((await site.ask('/eko', { method: 'POST', body: over })).status).toBe(413);
    const chunked = { 'transfer-encoding': 'chunked' };
    expect((await site.ask('/eko', { method: 'POST', body: over, headers: chunked })).status).toBe(413);
    const huge = Buffer.alloc(900_000, 'a');
    expect((await site.ask('/eko', { method: 'POST', body: huge })).text).toContain(
      errors['for-stort'].title,
    );
  });

  test('may be 1 MB where a page’s text is sent, and no larger for a picture from somebody not signed in', async () => {
    const send = async (path: string, size: number) =>
      (await site.ask(path, { method: 'POST', body: Buffer.alloc(size, 'a') })).status;
    expect(await send(paths.draftSave, TEXT_LIMIT)).toBe(404);
    expect(await send(paths.draftSave, TEXT_LIMIT + 1)).toBe(413);
    expect(await send(paths.pictures, TEXT_LIMIT)).toBe(404);
    expect(await send(paths.pictures, TEXT_LIMIT + 1)).toBe(413);
    expect(await bodyLimit(paths.pictures, async () => true)).toBe(PICTURE_LIMIT);
    expect(await bodyLimit(paths.draftSave, async () => true)).toBe(TEXT_LIMIT);
    expect(await bodyLimit('/eko', async () => true)).toBe(BODY_LIMIT);
  });

  test('is not waited for when it is announced as enormous', async () => {
    const headers = { 'content-length': '5000000000', expect: '100-continue' };
    const socket = connectSocket(site.port, '127.0.0.1');
    socket.write(
      `POST /eko HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${headers['content-length']}\r\n\r\n`,
    );
    // The server breaks off, which may come as an error.
    socket.on('error', () => undefined);
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    expect(chunk.toString()).toMatch(/^HTTP\/1\.1 413/);
    socket.destroy();
  });
});

describe('Other sites', () => {
  const origins = [
    'https://evil.test',
    'http://evil.test',
    'null',
    'http://localhost',
    'https://localhost:4321',
    'http://127.0.0.1',
    'http://127.0.0.1:1',
    'http://127.0.0.1.evil.test',
    'file://',
  ];
  const types = [
    'application/x-www-form-urlencoded',
    'application/json',
    'text/plain',
    'multipart/form-data',
  ];
  const routes = ['/eko', '/kort', '/finns-inte', '/kurs/', '/'];

  test('cannot send anything, in whatever form, to whichever address', async () => {
    for (const route of routes) {
      for (const origin of origins) {
        for (const type of types) {
          const headers = { origin, 'content-type': type };
          const { status } = await site.ask(route, { method: 'POST', headers, body: 'a=b' });
          expect(status, `${origin} ${type} ${route}`).toBe(403);
        }
      }
      const crossSite = { 'sec-fetch-site': 'cross-site' };
      expect((await site.ask(route, { method: 'POST', headers: crossSite })).status).toBe(403);
    }
  });

  test('are not our own pages, which can', async () => {
    const headers = { origin: `http://127.0.0.1:${site.port}`, 'sec-fetch-site': 'same-origin' };
    expect((await site.ask('/eko', { method: 'POST', headers, body: 'a=b' })).status).toBe(200);
    const response = await fetch(`http://127.0.0.1:${site.port}/eko`, { method: 'POST', body: 'a=b' });
    expect(response.status).toBe(200);
  });

  test.each(['evil.test', 'localhost.evil.test', '127.0.0.1.evil.test', 'kurs.example.se'])(
    'cannot make us answer as %s',
    async (host) => {
      for (const path of ['/', '/kort', '/finns-inte']) {
        const { status, text } = await site.ask(path, { headers: { host } });
        expect(status).toBe(421);
        expect(text).not.toContain(host);
      }
      const forged = { 'x-forwarded-host': host };
      expect((await site.ask('/eko', { headers: forged })).text).not.toContain(host);
    },
  );
});

describe('The log', () => {
  test('says which page, never which address, and nothing at all of the support pages', async () => {
    site.log.length = 0;
    await site.ask('/kurs/?namn=maja');
    await site.ask('/hemlig-kod-123');
    for (const path of ['/stod/', '/stod', '/stod/?x', '/%73tod/']) await site.ask(path);
    await site.ask('/stod/', { method: 'POST' });
    expect(site.log.map(({ method, route, status }) => [method, route, status])).toEqual([
      ['GET', '/kurs/', 200],
      ['GET', null, 404],
    ]);
    expect(Object.keys(site.log[0]!)).toEqual(['time', 'method', 'route', 'status', 'ms']);
  });
});

describe('Stopping', () => {
  test('lets what is under way end, and takes nothing new', async () => {
    const stopping = await startTestSite(files, pages);
    slow.clear();
    const underWay = stopping.ask('/langsam', { headers: { connection: 'keep-alive' } });
    await expect.poll(() => slow.size).toBe(1);
    const closed = stopping.close(10);
    await expect(stopping.ask('/')).rejects.toThrow('ECONNREFUSED');
    slow.get('end')?.();
    const answer = await underWay;
    expect([answer.status, answer.text, answer.headers.connection]).toEqual([200, 'klar', 'close']);
    await closed;
  });

  test('does not wait for ever', async () => {
    const stopping = await startTestSite(files, pages);
    slow.clear();
    const underWay = stopping.ask('/langsam');
    const outcome = underWay.then(String, String);
    await expect.poll(() => slow.size).toBe(1);
    await stopping.close(0.1);
    expect(await outcome).toMatch(/socket hang up|ECONNRESET/);
    slow.get('end')?.();
  });

  test('does not wait for browsers that keep an idle connection', async () => {
    const stopping = await startTestSite(files, pages);
    const socket = connectSocket(stopping.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await once(socket, 'data');
    await stopping.close(10);
    socket.destroy();
  });
});

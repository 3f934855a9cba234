import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeFolder } from '../support/remove-folder.ts';

const run = promisify(execFile);
const PAGE = 'content/sidor/om.mdx';
let project: string;

/** A copy of the project whose content can be spoilt; everything else is the project's own. */
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'trygg-grund-build-'));
  for (const name of ['astro.config.ts', 'package.json', 'tsconfig.json', 'public', 'src', 'db']) {
    cpSync(name, join(project, name), { recursive: true });
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(project, 'node_modules'));
});

afterAll(() => removeFolder(project));

async function buildWith(
  page: string,
  addition: string,
  contact = '',
): Promise<{ built: boolean; output: string }> {
  rmSync(join(project, 'content'), { recursive: true, force: true });
  cpSync('content', join(project, 'content'), { recursive: true });
  appendFileSync(join(project, page), addition);
  appendFileSync(join(project, 'content/fakta/contacts.yaml'), contact);
  try {
    const { stdout, stderr } = await run(
      process.execPath,
      [join(project, 'node_modules/astro/bin/astro.mjs'), 'build'],
      {
        cwd: project,
        env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
      },
    );
    return { built: true, output: stdout + stderr };
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return { built: false, output: stdout + stderr };
  }
}

const OLD_FACT = `
- id: gammal
  name: En kontakt
  role: Det här visas med en varning.
  phone: null
  phoneHref: null
  reach: Nås via intranätet
  audience: all
  sources: [p1]
  status: verified
  checked: 2020-01-01
`;

describe('The build', () => {
  test('stops on a law that does not exist, and says where', async () => {
    const { built, output } = await buildWith(PAGE, '\n\n<Law id="finns-inte" />\n');
    expect(built).toBe(false);
    expect(output).toContain('content/fakta/laws.yaml: finns-inte finns inte');
  });

  test('stops on a law that is not verified', async () => {
    const { built, output } = await buildWith(PAGE, '\n\n<Law id="kusinaktenskap" />\n');
    expect(built).toBe(false);
    expect(output).toContain('kusinaktenskap är inte verifierad');
  });

  test('stops on an uncertain contact that nobody has confirmed', async () => {
    const { built, output } = await buildWith(PAGE, '\n\n<Contact id="ratt-att-valja" />\n');
    expect(built).toBe(false);
    expect(output).toContain('ratt-att-valja är osäker och har inte bekräftats');
  });

  test('stops on a module whose text has code in it, and says where', async () => {
    const { built, output } = await buildWith('content/kurs/del-1/index.mdx', '\n{process.exit(0)}\n');
    expect(built).toBe(false);
    expect(output).toMatch(/content\/kurs\/del-1\/index\.mdx:\d+:1: tecknet \{ går inte att använda här/);
  });

  test('goes on with a fact that was checked more than six months ago, and warns', async () => {
    const { built, output } = await buildWith(PAGE, '\n\n<Contact id="gammal" />\n', OLD_FACT);
    expect(built).toBe(true);
    expect(output).toContain('gammal kontrollerades senast 2020-01-01');
  });
});

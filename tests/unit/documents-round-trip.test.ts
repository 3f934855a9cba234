import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodySchema, draftBodySchema } from '#src/features/documents/body.schema.ts';
import { readContent, readFacts, readFiles, readModule } from '#src/features/documents/content-reader.ts';
import { writeContent, writeFacts, writeModule } from '#src/features/documents/content-writer.ts';
import { loadContent } from '#src/features/documents/content-files.ts';
import { canonicalJson } from '#src/features/documents/canonical-json.ts';
import { hashDocument } from '#src/features/documents/hash.ts';
import { readBody } from '#src/features/documents/mdx-reader.ts';
import { writeBody } from '#src/features/documents/mdx-writer.ts';
import { normaliseBody, normaliseDraftBody } from '#src/features/documents/normalise.ts';
import { assembleFacts, assembleModule, factParts, partsOf } from '#src/features/documents/parts.ts';
import { anyBody, anyFacts, anyModule, rawBody } from '../support/documents.ts';

/** `ROUND_TRIPS=10000` for the long run. */
const numRuns = Number(process.env['ROUND_TRIPS'] ?? 300);
const few = Math.max(50, Math.round(numRuns / 10));
const TIME = Math.max(60_000, numRuns * 60);

describe('A body', () => {
  test('written to a file and read again is the same, and writes the same bytes', { timeout: TIME }, () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        const file = writeBody(body, { title: 'Titel' });
        const read = readBody(file, 'a.mdx');
        expect(read).toMatchObject({ kind: 'read', meta: { title: 'Titel' } });
        if (read.kind === 'refused') return;
        expect(read.body).toEqual(body);
        expect(writeBody(read.body, read.meta)).toBe(file);
      }),
      { numRuns },
    );
  });

  test('has one canonical form, which the form of a draft leads to as well', { timeout: TIME }, () => {
    fc.assert(
      fc.property(rawBody, (raw) => {
        const draft = draftBodySchema.parse(raw);
        expect(normaliseDraftBody(draft)).toEqual(draft);
        const body = normaliseBody(draft);
        expect(normaliseBody(body)).toEqual(body);
        expect(normaliseBody(raw)).toEqual(body);
        const final = bodySchema.safeParse(draft);
        if (final.success) expect(final.data).toEqual(body);
      }),
      { numRuns },
    );
  });
});

describe('A module', () => {
  test('written to files and read again is the same, and writes the same bytes', { timeout: TIME }, () => {
    fc.assert(
      fc.property(anyModule, (module) => {
        const files = writeModule(module);
        const read = readModule(files, `fordjupning/${module.slug}`);
        expect(read).toEqual({ kind: 'read', module });
        if (read.kind === 'read') expect(writeModule(read.module)).toEqual(files);
      }),
      { numRuns: few },
    );
  });

  test('writes the same files whatever order its keys come in', () => {
    fc.assert(
      fc.property(anyModule, (module) => {
        const shuffled = JSON.parse(canonicalJson(module)) as typeof module;
        expect(writeModule(shuffled)).toEqual(writeModule(module));
        expect(hashDocument(shuffled)).toBe(hashDocument(module));
      }),
      { numRuns: 30 },
    );
  });

  test('taken apart and put together is the same', () => {
    fc.assert(
      fc.property(anyModule, (module) => {
        expect(assembleModule(module.slug, partsOf(module).toReversed())).toEqual(module);
      }),
      { numRuns: 30 },
    );
  });
});

describe('Facts', () => {
  test('written to files and read again are the same, and write the same bytes', { timeout: TIME }, () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const files = writeFacts(facts);
        const read = readFacts(files);
        expect(read).toEqual({ kind: 'read', facts });
        if (read.kind === 'read') expect(writeFacts(read.facts)).toEqual(files);
      }),
      { numRuns: few },
    );
  });

  test('taken apart and put together are the same', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(assembleFacts(factParts(facts))).toEqual(facts);
      }),
      { numRuns: 30 },
    );
  });
});

describe('The shipped content', () => {
  const shipped = readContent('content');

  test('is written as it stands, byte for byte', () => {
    if (shipped.kind === 'refused') throw new Error(JSON.stringify(shipped.problems));
    const written = writeContent(shipped.modules, shipped.facts);
    for (const [path, text] of written)
      expect([path, text]).toEqual([path, readFileSync(`content/${path}`, 'utf8')]);
    const loaded = loadContent('content');
    if (loaded.kind === 'refused') throw new Error('a file is refused');
    const own = [...loaded.files.keys()].filter((path) => !path.endsWith('.local.yaml'));
    expect([...written.keys()].sort()).toEqual(own.sort());
    expect(readFiles(written)).toEqual(shipped);
  });

  test('opens in the editor and comes back unchanged', () => {
    if (shipped.kind === 'refused') throw new Error('a file is refused');
    for (const module of shipped.modules) {
      for (const { body } of [{ body: module.intro }, ...module.sections]) {
        expect(draftBodySchema.parse(JSON.parse(JSON.stringify(body)))).toEqual(body);
        expect(bodySchema.parse(body)).toEqual(body);
      }
      expect(assembleModule(module.slug, partsOf(module))).toEqual(module);
    }
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { contactSchema, figureSchema, lawSchema, sourceSchema } from '#src/features/facts/facts.schema.ts';
import { isStale, staleFrom, whyNotShown } from '#src/features/facts/facts.ts';

const verified = { id: 'x', status: 'verified', checked: '2026-08-31' } as const;

describe('A fact', () => {
  test('that is verified may be shown', () => {
    expect(whyNotShown(verified)).toBeNull();
  });

  test('that is unverified may never be shown, even when someone has confirmed it', () => {
    const confirmed = { by: 'Kompetenscentrum', on: '2026-11-01' };
    expect(whyNotShown({ ...verified, status: 'unverified', confirmed })).toMatch('inte verifierad');
  });

  test('that is uncertain may be shown only after someone has confirmed it', () => {
    const uncertain = { ...verified, status: 'uncertain' } as const;
    expect(whyNotShown(uncertain)).toMatch('osäker');
    expect(whyNotShown({ ...uncertain, confirmed: { by: 'Kompetenscentrum', on: '2026-11-01' } })).toBeNull();
  });

  test('should be checked again after six months, at the end of a shorter month too', () => {
    expect(staleFrom(verified)).toBe('2027-02-28');
    expect(isStale(verified, '2027-02-28')).toBe(false);
    expect(isStale(verified, '2027-03-01')).toBe(true);
  });
});

describe('The fact files', () => {
  const read = (name: string) => parse(readFileSync(`content/fakta/${name}.yaml`, 'utf8')) as unknown;
  const sources = z.array(sourceSchema).parse(read('sources'));

  test.each([
    ['laws', z.array(lawSchema)],
    ['contacts', z.array(contactSchema)],
    ['figures', z.array(figureSchema)],
  ] as const)('%s follow their schema and name sources that exist', (name, schema) => {
    const facts = schema.parse(read(name));
    const known = new Set(sources.map((source) => source.id));
    const unknown = facts.flatMap((fact) => fact.sources.filter((id) => !known.has(id)));
    expect(unknown).toEqual([]);
    expect(new Set(facts.map((fact) => fact.id)).size).toBe(facts.length);
  });

  test('give a number or say how the contact is reached', () => {
    const contacts = z.array(contactSchema).parse(read('contacts'));
    const silent = contacts.filter((contact) => !whyNotShown(contact) && !contact.phone && !contact.reach);
    expect(silent.map((contact) => contact.id)).toEqual([]);
  });
});

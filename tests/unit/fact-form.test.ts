import { describe, expect, test } from 'vitest';
import { requireContent } from '#src/features/documents/content-reader.ts';
import { factKinds, type FactKind } from '#src/features/documents/parts.ts';
import {
  emptyForm,
  formOf,
  parseFact,
  telephoneAddress,
  typedForm,
  type AnyFact,
} from '#src/features/facts-editor/fact-form.ts';
import {
  conditionOf,
  isAsked,
  markOf,
  readFilter,
  type ListedFact,
} from '#src/features/facts-editor/fact-list.ts';
import { factSchemas, type Contact } from '#src/features/facts/facts.schema.ts';

const { facts } = requireContent('content');
const around = { sources: facts.sources, today: '2026-12-01' };

describe.each(factKinds)('Every one of the shipped %s', (kind: FactKind) => {
  test('comes out of its form as it went in', () => {
    for (const fact of facts[kind] as AnyFact[]) {
      const form = formOf(kind, fact);
      expect(parseFact(kind, fact.id, form, { ...around, before: fact })).toEqual({ kind: 'valid', fact });
    }
  });

  test('can be written anew from its form', () => {
    for (const fact of facts[kind] as AnyFact[]) {
      const parsed = parseFact(kind, fact.id, formOf(kind, fact), around);
      expect(parsed.kind === 'valid' && factSchemas[kind].safeParse(parsed.fact).success).toBe(true);
    }
  });
});

test.each(factKinds)('An empty form of %s is refused at each field that it needs', (kind) => {
  const form = emptyForm(kind, around.today);
  const parsed = parseFact(kind, 'prov', form, around);
  expect(parsed.kind).toBe('refused');
  for (const message of Object.values(parsed.kind === 'refused' ? parsed.errors : {})) {
    expect(message).toMatch(/[.]$/);
  }
});

test('Only the fields of the kind are read, each once, whatever is sent', () => {
  const sent = new FormData();
  sent.append('title', 'Rubrik');
  sent.append('title', 'En till');
  sent.append('hemligt', 'x');
  sent.append('text', new File(['x'], 'x.txt'));
  sent.append('sources', 'p1');
  sent.append('sources', 'p1');
  const { texts, sources } = typedForm('laws', sent);
  expect(texts['title']).toBe('Rubrik');
  expect(texts['text']).toBe('');
  expect(Object.keys(texts)).not.toContain('hemligt');
  expect(sources).toEqual(['p1']);
});

describe('A number', () => {
  test.each([
    ['020-50 50 50', 'tel:020505050'],
    ['+46 8 405 50 05', 'tel:+4684055005'],
    ['112', 'tel:112'],
    ['(040) 34 10 00', 'tel:040341000'],
  ])('%s is rung as %s', (phone, address) => {
    expect(telephoneAddress(phone)).toBe(address);
  });

  test.each(['', '1', 'ring 112', '040+34', '112;isub=1', '1'.repeat(30)])('%j is none', (phone) => {
    expect(telephoneAddress(phone)).toBeNull();
  });

  test('is made for every shipped contact as it stands in the file', () => {
    for (const { phone, phoneHref } of facts.contacts as Contact[]) {
      expect(phone && telephoneAddress(phone)).toBe(phoneHref);
    }
  });
});

test('What a draft does to a fact is told', () => {
  const [one, other] = facts.laws;
  expect(markOf(one!, structuredClone(one!))).toBeNull();
  expect(markOf(one!, { ...one!, title: 'Ny' })).toBe('changed');
  expect(markOf(null, other!)).toBe('new');
  expect(markOf(one!, null)).toBe('removed');
});

test('A confirmation makes an uncertain fact one that may be shown', () => {
  const { confirmed: _, ...plain } = facts.contacts[0]!;
  const uncertain = { ...plain, status: 'uncertain' as const };
  expect(conditionOf('contacts', uncertain, '2026-12-01').kind).toBe('unusable');
  const confirmed = { ...uncertain, confirmed: { by: 'Polisen', on: '2026-11-30' } };
  expect(conditionOf('contacts', confirmed, '2027-05-30').kind).toBe('current');
  expect(conditionOf('contacts', confirmed, '2027-05-31').kind).toBe('stale');
});

test('A filter that nobody can mean shows everything', () => {
  const filter = readFilter(new URLSearchParams('slag=x&lage=y'), ['', 'gamla']);
  expect(filter).toEqual({ kind: null, state: '', search: '' });
  const fact = { kind: 'laws', id: 'a', title: 'A', text: '', uses: [], mark: null } as unknown as ListedFact;
  expect(isAsked(fact, filter)).toBe(true);
});

import type { ModuleDocument } from '#src/features/documents/document.ts';
import { isStale, staleFrom, whyNotShown, type CheckedFact, type Facts } from '#src/features/facts/facts.ts';
import { canonicalJson } from '#src/features/documents/canonical-json.ts';
import { factKinds, factParts } from '#src/features/documents/parts.ts';
import type { Contact } from '#src/features/facts/facts.schema.ts';
import { gateWords } from '#src/i18n/gate.ts';
import type { GateContext } from './context.ts';
import { inOrder } from './check-module.ts';
import { findUses } from './fact-uses.ts';
import type { Finding } from './findings.ts';
import { checkPart } from './rules/schema.ts';

const words = gateWords.factFiles;

/** The facts as they would be published, those before them, and the modules that readers meet. */
export interface FactsToCheck {
  facts: Facts;
  before: Facts | null;
  modules: readonly ModuleDocument[];
}

/** Everything that can be said of the facts: their form, their age, and what the pages need of them. */
export function checkFacts(
  { facts, before, modules }: FactsToCheck,
  { today }: Pick<GateContext, 'today'>,
): Finding[] {
  return inOrder([
    ...factParts(facts).flatMap(({ part, content }) => checkPart(part, content)),
    ...checkTwice(facts),
    ...checkDays(facts, today),
    ...checkSources(facts),
    ...facts.contacts.flatMap(checkTelephone),
    ...checkUses(facts, modules),
    ...checkStale(facts, today),
    ...checkChanged(facts, before, modules),
  ]);
}

const error = (
  part: string,
  rule: string,
  field: string | null,
  message: string,
  suggestion: string,
): Finding => ({
  rule,
  severity: 'error',
  part,
  ...(field === null ? {} : { field }),
  message,
  suggestion,
});

function checkTwice(facts: Facts): Finding[] {
  const parts = factParts(facts).map(({ part }) => part);
  return [...new Set(parts.filter((part, index) => parts.indexOf(part) !== index))].map((part) =>
    error(part, 'fact-twice', 'id', words.twice, words.twiceFix),
  );
}

/** Every fact that says when it was checked, with its part. */
function checkedFacts({
  laws,
  contacts,
  figures,
}: Facts): { part: string; title: string; fact: CheckedFact }[] {
  return [
    ...laws.map((fact) => ({ part: `laws/${fact.id}`, title: fact.short, fact })),
    ...contacts.map((fact) => ({ part: `contacts/${fact.id}`, title: fact.name, fact })),
    ...figures.map((fact) => ({ part: `figures/${fact.id}`, title: fact.value, fact })),
  ];
}

function checkDays(facts: Facts, today: string): Finding[] {
  const days = [
    ...checkedFacts(facts).flatMap(({ part, fact: { checked, confirmed } }) => [
      { part, field: 'checked', day: checked },
      ...(confirmed ? [{ part, field: 'confirmed', day: confirmed.on }] : []),
    ]),
    ...facts.sources.map(({ id, checked }) => ({ part: `sources/${id}`, field: 'checked', day: checked })),
  ];
  return days
    .filter(({ day }) => day > today)
    .map(({ part, field, day }) => error(part, 'day-in-future', field, words.future(day), words.futureFix));
}

function checkSources(facts: Facts): Finding[] {
  const known = new Set(facts.sources.map(({ id }) => id));
  return [...facts.laws, ...facts.contacts, ...facts.figures].flatMap((fact) => {
    const kind = facts.laws.includes(fact as never) ? 'laws' : 'role' in fact ? 'contacts' : 'figures';
    return fact.sources
      .filter((id) => id !== '' && !known.has(id))
      .map((id) =>
        error(
          `${kind}/${fact.id}`,
          'source-unknown',
          'sources',
          gateWords.facts.source(id),
          gateWords.facts.sourceFix,
        ),
      );
  });
}

/** The number that is read and the one that is rung are the same, and whoever has none says how to be reached. */
function checkTelephone({ id, phone, phoneHref, reach }: Contact): Finding[] {
  const part = `contacts/${id}`;
  if (!phone && !phoneHref) {
    return reach ? [] : [error(part, 'contact-reach', 'reach', words.reach, words.reachFix)];
  }
  if (phone && phoneHref && digitsOf(phone) === digitsOf(phoneHref)) return [];
  return [
    error(
      part,
      'telephone',
      'phoneHref',
      words.telephone(phone ?? '–', phoneHref ?? '–'),
      words.telephoneFix,
    ),
  ];
}

/** A number as it is rung within Sweden: `+46 8 405 50 05` is `084055005`. */
function digitsOf(number: string): string {
  const digits = number.replaceAll(/[^\d+]/g, '');
  return digits.replace(/^(?:\+|00)46/, '0').replaceAll('+', '00');
}

/** What the published pages show exists and may be shown. */
function checkUses(facts: Facts, modules: readonly ModuleDocument[]): Finding[] {
  const known = new Map(checkedFacts(facts).map(({ part, fact }) => [part, fact]));
  const sources = new Set(facts.sources.map(({ id }) => `sources/${id}`));
  return [...findUses(modules)].flatMap(([part, pages]) => {
    const where = pages.map(({ title }) => title);
    if (part.startsWith('sources/')) {
      return sources.has(part)
        ? []
        : [error(part, 'fact-used', null, words.missing(where), words.missingFix)];
    }
    const fact = known.get(part);
    if (!fact) return [error(part, 'fact-used', null, words.missing(where), words.missingFix)];
    const refusal = whyNotShown(fact);
    return refusal === null
      ? []
      : [error(part, 'fact-used', 'status', words.hidden(refusal, where), words.hiddenFix)];
  });
}

function checkStale(facts: Facts, today: string): Finding[] {
  return checkedFacts(facts)
    .filter(({ fact }) => whyNotShown(fact) === null && isStale(fact, today))
    .map(({ part, title, fact }) => ({
      rule: 'fact-stale',
      severity: 'warning',
      part,
      field: 'checked',
      message: gateWords.facts.stale(title, staleFrom(fact)),
      suggestion: words.staleFix,
    }));
}

/** A changed fact changes pages that nobody has opened: they are named, so that somebody reads them. */
function checkChanged(facts: Facts, before: Facts | null, modules: readonly ModuleDocument[]): Finding[] {
  if (!before) return [];
  const old = new Map(factParts(before).map(({ part, content }) => [part, canonicalJson(shown(content))]));
  const uses = findUses(modules);
  return factKinds.flatMap((kind) =>
    factParts(facts)
      .filter(({ part }) => part.startsWith(`${kind}/`) && old.has(part))
      .filter(({ part, content }) => old.get(part) !== canonicalJson(shown(content)))
      .flatMap(({ part }): Finding[] => {
        const pages = uses.get(part) ?? [];
        if (pages.length === 0) return [];
        const message = words.changed(pages.map(({ title }) => title));
        return [{ rule: 'fact-changed', severity: 'warning', part, message, suggestion: words.changedFix }];
      }),
  );
}

/** A fact without what it says of its own checking. */
function shown(content: unknown): unknown {
  const { checked: _, confirmed: _confirmed, ...rest } = content as Partial<CheckedFact>;
  return rest;
}

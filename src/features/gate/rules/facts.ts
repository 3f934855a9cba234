import { isStale, staleFrom, whyNotShown, type CheckedFact } from '#src/features/facts/facts.ts';
import { gateWords } from '#src/i18n/gate.ts';
import type { GateContext } from '../context.ts';
import type { Finding } from '../findings.ts';
import { factsOf } from '../nodes.ts';
import type { GatePage } from '../pages.ts';

const words = gateWords.facts;

/** Every fact and source that a page names exists, and what it shows may be shown and is checked. */
export function checkFacts(pages: readonly GatePage[], { facts, today }: GateContext): Finding[] {
  const known = {
    law: new Map(facts.laws.map((law) => [law.id, { fact: law, title: law.short }])),
    contact: new Map(facts.contacts.map((contact) => [contact.id, { fact: contact, title: contact.name }])),
    figure: new Map(facts.figures.map((figure) => [figure.id, { fact: figure, title: figure.value }])),
  };
  const sources = new Set(facts.sources.map(({ id }) => id));
  return pages.flatMap(({ part, body, meta }) => [
    ...factsOf(body).flatMap(({ block, node: { type, attrs } }) => {
      const found = known[type].get(attrs.id);
      return checkFact(found, attrs.id, today).map((finding) => ({ ...finding, part, block }));
    }),
    ...meta.sources
      .filter((id) => id !== '' && !sources.has(id))
      .map((id): Finding => ({
        rule: 'source-unknown',
        severity: 'error',
        part,
        field: 'sources',
        message: words.source(id),
        suggestion: words.sourceFix,
      })),
  ]);
}

function checkFact(
  found: { fact: CheckedFact; title: string } | undefined,
  id: string,
  today: string,
): Omit<Finding, 'part'>[] {
  if (!found) {
    return [
      { rule: 'fact-unknown', severity: 'error', message: words.unknown(id), suggestion: words.unknownFix },
    ];
  }
  const { fact, title } = found;
  const refusal = whyNotShown(fact);
  if (refusal !== null) {
    return [
      {
        rule: 'fact-refused',
        severity: 'error',
        message: words.refused(title, refusal),
        suggestion: words.refusedFix,
      },
    ];
  }
  if (!isStale(fact, today)) return [];
  return [
    {
      rule: 'fact-stale',
      severity: 'warning',
      message: words.stale(title, staleFrom(fact)),
      suggestion: words.staleFix,
    },
  ];
}

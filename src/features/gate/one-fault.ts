import type { Finding } from './findings.ts';

/** What sees a fault from afar, and the rules that say more of the same fault in the same place. */
const SAID_BETTER: Readonly<Record<string, readonly string[]>> = {
  'schema alt': ['picture-text'],
  'schema src': ['picture-exists'],
  'schema href': ['link-http', 'link-form', 'link-host'],
  'schema audience': ['audience'],
  'axe-empty-heading': ['heading-empty'],
  'axe-heading-order': ['heading-order'],
};

/**
 * One finding for each fault: the rule that says most of it, and once for each place. An error gives way only
 * to another error, so that nothing passes by it.
 */
export function oneForEachFault(findings: readonly Finding[]): Finding[] {
  const errors = new Set(
    findings.filter(({ severity }) => severity === 'error').map((one) => `${placeIn(one)} ${one.rule}`),
  );
  const isSaidBetter = (one: Finding) => {
    const kind = one.rule === 'schema' ? `schema ${one.field}` : one.rule;
    return SAID_BETTER[kind]?.some((rule) => errors.has(`${placeIn(one)} ${rule}`)) ?? false;
  };
  const kept = findings.filter((one) => !isSaidBetter(one));
  return [...new Map(kept.map((one) => [`${placeIn(one)} ${one.rule} ${one.message}`, one])).values()];
}

function placeIn({ part, block, question, field }: Finding): string {
  return JSON.stringify([part, block ?? question ?? field]);
}

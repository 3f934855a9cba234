import type { ModuleDocument } from '#src/features/documents/document.ts';
import { questionAnchor } from '#src/features/quiz/quiz-form.ts';
import { gatePage as words } from '#src/i18n/gate-page.ts';
import { draftPartPath, paths } from '#src/lib/paths.ts';
import { FACTS } from '#src/features/editorial/drafts.ts';
import { nameOfFact } from '#src/features/documents/fact-name.ts';
import { factOfPart, factParts, type DraftPart } from '#src/features/documents/parts.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { NOT_CHECKED, type Finding } from './findings.ts';
import { partName } from './part-names.ts';

/** The fields whose place on the page of their part has another name. */
const ANCHORS: Partial<Record<string, string>> = {
  advice: 'rad',
  closing: 'avslut',
  confirmed: 'confirmedOn',
  passMark: 'godkant',
  phoneHref: 'phone',
  questions: 'fragor',
};

/**
 * Where what was found is written: the part, opened at the block, the question or the field. Null when it is
 * about the check itself.
 */
export function placeOf(subject: string, { rule, part, block, question, field }: Finding): string | null {
  if (rule === NOT_CHECKED) return null;
  const fact = subject === FACTS ? factOfPart(part) : null;
  const page = fact ? paths.fact(fact.kind, fact.id) : draftPartPath(subject, part);
  // A page without text begins with a block to write in.
  const place = block ?? (field === 'body' ? 0 : undefined);
  if (place !== undefined) return `${page}?block=${place}#block-${place}`;
  if (question !== undefined) return `${page}#${questionAnchor(question)}`;
  const [name] = field?.split('.') ?? [];
  return name === undefined ? page : `${page}#${ANCHORS[name] ?? name}`;
}

/** The findings of one part, errors first. */
export interface FindingGroup {
  part: string;
  title: string;
  findings: Finding[];
}

/** The findings by part, in the order of the module or of the facts, errors first in each. */
export function groupFindings(
  findings: readonly Finding[],
  { document, facts }: { document: ModuleDocument | null; facts: Facts | null },
): FindingGroup[] {
  const ofFacts = facts ? factParts(facts) : [];
  const order = document
    ? [
        partName.module,
        ...document.sections.map(({ slug }) => partName.section(slug)),
        partName.quiz,
        partName.discussion,
      ]
    : ofFacts.map(({ part }) => part);
  const place = (part: string) => (order.includes(part) ? order.indexOf(part) : order.length);
  return [...Map.groupBy(findings, ({ part }) => part)]
    .map(([part, found]) => ({ part, title: titleOf(part, document, ofFacts), findings: errorsFirst(found) }))
    .toSorted((a, b) => place(a.part) - place(b.part));
}

function errorsFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}

function titleOf(part: string, document: ModuleDocument | null, facts: readonly DraftPart[]): string {
  const fact = factOfPart(part);
  if (fact) return nameOfFact(fact, facts.find((one) => one.part === part)?.content ?? null);
  if (part === partName.module) return words.introduction;
  if (part === partName.quiz) return words.quiz;
  if (part === partName.discussion) return words.discussion;
  const section = document?.sections.find(({ slug }) => partName.section(slug) === part);
  return section?.meta.title.trim() || part;
}

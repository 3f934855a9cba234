import type { ModuleDocument } from '#src/features/documents/document.ts';
import { questionAnchor } from '#src/features/quiz/quiz-form.ts';
import { gatePage as words } from '#src/i18n/gate-page.ts';
import { draftPartPath, paths } from '#src/lib/paths.ts';
import { FACTS } from '#src/features/editorial/drafts.ts';
import { factOfPart } from '#src/features/documents/parts.ts';
import type { Finding } from './findings.ts';
import { partName } from './part-names.ts';

/** Where what was found is written: the part, opened at the block, the question or the field. */
export function placeOf(subject: string, { part, block, question, field }: Finding): string {
  const fact = subject === FACTS ? factOfPart(part) : null;
  const page = fact ? paths.fact(fact.kind, fact.id) : draftPartPath(subject, part);
  if (block !== undefined) return `${page}?block=${block}#block-${block}`;
  if (question !== undefined) return `${page}#${questionAnchor(question)}`;
  return field === undefined ? page : `${page}#${field.split('.')[0]}`;
}

/** The findings of one part, errors first. */
export interface FindingGroup {
  part: string;
  title: string;
  findings: Finding[];
}

/** The findings by part, in the order of the document, errors first in each. */
export function groupFindings(findings: readonly Finding[], document: ModuleDocument | null): FindingGroup[] {
  const order = document
    ? [
        partName.module,
        ...document.sections.map(({ slug }) => partName.section(slug)),
        partName.quiz,
        partName.discussion,
      ]
    : [];
  const place = (part: string) => (order.includes(part) ? order.indexOf(part) : order.length);
  return [...Map.groupBy(findings, ({ part }) => part)]
    .map(([part, found]) => ({ part, title: titleOf(part, document), findings: errorsFirst(found) }))
    .toSorted((a, b) => place(a.part) - place(b.part));
}

function errorsFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}

function titleOf(part: string, document: ModuleDocument | null): string {
  if (part === partName.module) return words.introduction;
  if (part === partName.quiz) return words.quiz;
  if (part === partName.discussion) return words.discussion;
  const section = document?.sections.find(({ slug }) => partName.section(slug) === part);
  return section?.meta.title.trim() || part;
}

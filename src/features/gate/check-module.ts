import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { GateContext } from './context.ts';
import type { Finding } from './findings.ts';
import { oneForEachFault } from './one-fault.ts';
import { pagesOf, textsOf } from './pages.ts';
import { checkAvoidedWords } from './rules/avoided-words.ts';
import { checkCare } from './rules/care.ts';
import { checkFacts } from './rules/facts.ts';
import { checkForm } from './rules/form.ts';
import { checkHeadings } from './rules/headings.ts';
import { checkLength } from './rules/length.ts';
import { checkLinks, checkLinksHere } from './rules/links.ts';
import { checkLooseFacts } from './rules/loose-facts.ts';
import { checkPictures } from './rules/pictures.ts';
import { checkQuestions } from './rules/questions.ts';
import { checkReadability } from './rules/readability.ts';
import { checkSchema } from './rules/schema.ts';

/** The most findings of one run: more help nobody. */
export const MOST_FINDINGS = 500;

/**
 * Everything that can be said of a module from its text alone. The document may be unfinished; its parts
 * must have the form of a draft. Errors come first.
 */
export function checkModule(document: ModuleDocument, context: GateContext): Finding[] {
  const pages = pagesOf(document);
  const texts = textsOf(document, pages);
  return inOrder([
    ...checkSchema(document),
    ...checkFacts(pages, context),
    ...checkLinks(document, pages, context),
    ...checkLinksHere(document, context),
    ...checkPictures(pages, context),
    ...checkHeadings(pages),
    ...checkForm(document, pages),
    ...checkCare(document, pages),
    ...checkReadability(pages),
    ...checkLength(document, pages),
    ...checkAvoidedWords(texts, context),
    ...checkLooseFacts(texts),
    ...checkQuestions(document),
  ]);
}

/** Each fault once, errors before warnings, in the order they were found, and no more than anybody reads. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return oneForEachFault(findings)
    .toSorted((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'))
    .slice(0, MOST_FINDINGS);
}

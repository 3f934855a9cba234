import type { ModuleDocument } from '#src/features/documents/document.ts';
import { gateWords } from '#src/i18n/gate.ts';
import type { Finding } from '../findings.ts';
import { partName } from '../part-names.ts';
import type { GatePage } from '../pages.ts';
import { wordsOf } from '../sentences.ts';

const words = gateWords.form;

const LONGEST_TITLE = 80;
const LONGEST_SUMMARY = 25;

/** Titles, leads, goals and the summary have the form that the pages are made for. */
export function checkForm(document: ModuleDocument, pages: readonly GatePage[]): Finding[] {
  return [
    ...pages.flatMap(checkHead),
    ...document.meta.goals.flatMap(checkGoal),
    ...document.meta.summary.flatMap(checkSummary),
    ...checkAudience(document),
  ];
}

const warning = (
  part: string,
  field: string,
  rule: string,
  message: string,
  suggestion: string,
): Finding => ({
  rule,
  severity: 'warning',
  part,
  field,
  message,
  suggestion,
});

const isSentence = (text: string) => /[.?!…][”"’)]*$/u.test(text.trim());

function checkHead({ part, meta }: GatePage): Finding[] {
  const { title, lead, contentNote } = meta;
  const findings: Finding[] = [];
  if (title.length > LONGEST_TITLE) {
    findings.push(warning(part, 'title', 'title-long', words.titleLong(title.length), words.titleLongFix));
  }
  for (const [field, text] of [
    ['lead', lead],
    ['contentNote', contentNote ?? ''],
  ] as const) {
    if (text.trim() === '' || isSentence(text)) continue;
    findings.push(warning(part, field, 'sentence-form', words.sentence(text), words.sentenceFix));
  }
  return findings;
}

/** *Du ska kunna* … comes before it: a verb first, in the form that ends in a vowel. */
function checkGoal(text: string): Finding[] {
  if (text.trim() === '' || /^\p{Ll}*[aåeios]s?\s.*[^.!?]$/u.test(text.trim())) return [];
  return [warning(partName.module, 'goals', 'goal-form', words.goal(text), words.goalFix)];
}

function checkSummary(text: string): Finding[] {
  if (text.trim() === '') return [];
  const count = wordsOf(text).length;
  const findings: Finding[] = [];
  if (!isSentence(text)) {
    findings.push(
      warning(partName.module, 'summary', 'sentence-form', words.sentence(text), words.sentenceFix),
    );
  }
  if (count > LONGEST_SUMMARY) {
    findings.push(
      warning(partName.module, 'summary', 'summary-long', words.summaryLong(count), words.summaryLongFix),
    );
  }
  return findings;
}

function checkAudience({ kind, meta }: ModuleDocument): Finding[] {
  if (kind === 'part' || meta.audience?.trim()) return [];
  return [
    {
      rule: 'audience',
      severity: 'error',
      part: partName.module,
      field: 'audience',
      message: words.audience,
      suggestion: words.audienceFix,
    },
  ];
}

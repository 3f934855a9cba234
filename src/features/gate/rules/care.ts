import type { ModuleDocument } from '#src/features/documents/document.ts';
import { gateWords } from '#src/i18n/gate.ts';
import type { Finding } from '../findings.ts';
import { formTextsOf, type GatePage } from '../pages.ts';

const words = gateWords.care;

/** What can be heavy to read for somebody who has met it. */
const HEAVY =
  /(?<!\p{L})(våldt(?:äkt|ag|äkter|agen)\p{L}*|könsstymp\p{L}*|självmord\p{L}*|ta(?:r|git)? sitt liv|självskad\p{L}*|mördad?\p{L}*|mord\p{L}*|döda[dr]?[est]?|ihjäl|dödlig\p{L}*|dödshot\p{L}*|misshand\p{L}*|övergrepp\p{L}*|strypt?a?(?:s|r)?|tortyr\p{L}*|incest\p{L}*)(?!\p{L})/giu;

/** A page that names heavy things says so first, on the page itself or for the module as a whole. */
export function checkCare(document: ModuleDocument, pages: readonly GatePage[]): Finding[] {
  const isModuleWarned = Boolean(document.meta.contentNote?.trim());
  return pages.flatMap((page): Finding[] => {
    if (page.meta.contentNote?.trim() || isModuleWarned) return [];
    const texts = [...page.texts.map(({ text }) => text), ...formTextsOf(page).map(({ text }) => text)];
    const found = new Set(texts.flatMap((text) => text.match(HEAVY) ?? []).map((word) => word.toLowerCase()));
    if (found.size === 0) return [];
    return [
      {
        rule: 'content-note',
        severity: 'warning',
        part: page.part,
        field: 'contentNote',
        message: words.missing([...found].slice(0, 3).join(', ')),
        suggestion: words.missingFix,
      },
    ];
  });
}

import { gateWords } from '#src/i18n/gate.ts';
import type { Finding } from '../findings.ts';
import type { PlacedText } from '../pages.ts';

const words = gateWords.loose;

/** Facts that belong in the fact files: there they have a source and a day of checking. */
const KINDS: { pattern: RegExp; message: (text: string) => string; suggestion: string }[] = [
  {
    // 020-50 50 50 · +46 8 405 50 05 · 116 111 · 114 14: three digits or more, in groups.
    pattern:
      /(?<![\d,.:-])(?:\+46[\d -]{6,14}\d|0\d{1,3}[- ]?\d{2,3}(?:[ -]?\d{2,3}){1,3}|11[46][ -]?\d{2,3})(?![\d,:-])/gu,
    message: words.phone,
    suggestion: words.phoneFix,
  },
  {
    pattern:
      /(?:\d+\s*[a-z]?\s*kap\.(?:\s*\d+\s*[a-z]?\s*§§?)?|\d+(?:\s*[a-h])?\s*§§?|§§?\s*\d+|\d+\s*(?:kapitlet|paragrafen)|\bSFS\s*\d{4}:\d+|\(\d{4}:\d{2,4}\))/giu,
    message: words.law,
    suggestion: words.lawFix,
  },
  {
    pattern: /\d+(?:[,.]\d+)?\s*(?:%|procent(?:en|enheter)?(?!\p{L}))/giu,
    message: words.figure,
    suggestion: words.figureFix,
  },
];

/** Phone numbers, sections of law and per cent figures that stand in the running text. */
export function checkLooseFacts(texts: readonly PlacedText[]): Finding[] {
  return texts.flatMap(({ text, ...place }) =>
    KINDS.flatMap(({ pattern, message, suggestion }) =>
      [...text.matchAll(pattern)].map(([found]): Finding => ({
        rule: 'loose-fact',
        severity: 'warning',
        ...place,
        message: message(found.trim()),
        suggestion,
      })),
    ),
  );
}

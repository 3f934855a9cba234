import type { AvoidedWord, Facts } from '#src/features/facts/facts.ts';
import { gateWords } from '#src/i18n/gate.ts';
import type { GateContext } from '../context.ts';
import type { Finding } from '../findings.ts';
import type { PlacedText } from '../pages.ts';

const words = gateWords.avoided;

/** Words that the course does without, in any form they take. Names of laws and contacts may hold them. */
export function checkAvoidedWords(
  texts: readonly PlacedText[],
  { words: avoided, facts }: GateContext,
): Finding[] {
  const names = namesIn(facts);
  const patterns = avoided.map((word) => ({ word, pattern: patternOf(word.avoid) }));
  return texts.flatMap(({ text, ...place }) => {
    const rest = withoutNames(text, names);
    const found: (Finding & { at: number })[] = [];
    for (const { word, pattern } of patterns) {
      const seen = new Set<string>();
      for (const match of rest.matchAll(pattern)) {
        const form = match[0].toLocaleLowerCase('sv');
        if (seen.has(form) || isQuoted(rest, match.index, match[0].length)) continue;
        seen.add(form);
        found.push({ at: match.index, ...toFinding(word, match[0], place) });
      }
    }
    return found.toSorted((a, b) => a.at - b.at).map(({ at: _, ...finding }) => finding);
  });
}

/** ”Försvenskade”, or *det som kallas* …: said to be somebody else's word. */
function isQuoted(text: string, at: number, length: number): boolean {
  if (/[”"’]$/u.test(text.slice(0, at)) && /^[”"’]/u.test(text.slice(at + length))) return true;
  return /(?:kalla[rst]?|kallade[s]?|ordet|uttrycket)\s+$/iu.test(text.slice(Math.max(0, at - 20), at));
}

function toFinding(word: AvoidedWord, text: string, place: Omit<PlacedText, 'text'>): Finding {
  return {
    rule: 'avoided-word',
    severity: 'warning',
    ...place,
    message: words.found(text, word.why),
    suggestion: words.instead(word.instead),
  };
}

/** The names that laws and contacts have, longest first so that a part of a name is not taken before the whole. */
function namesIn({ laws, contacts }: Facts): string[] {
  return [
    ...laws.flatMap(({ short, title }) => [short, title, short.replace(/\s*\(\d{4}:\d+\)$/u, '')]),
    ...contacts.map(({ name }) => name),
  ]
    .filter((name) => name.length > 3)
    .map((name) => name.toLocaleLowerCase('sv'))
    .toSorted((a, b) => b.length - a.length);
}

/** The text with every such name blanked out, everything else in its place. */
function withoutNames(text: string, names: readonly string[]): string {
  let rest = text;
  let low = text.toLocaleLowerCase('sv');
  if (low.length !== rest.length) return rest;
  for (const name of names) {
    for (let at = low.indexOf(name); at !== -1; at = low.indexOf(name, at + name.length)) {
      const blank = ' '.repeat(name.length);
      rest = rest.slice(0, at) + blank + rest.slice(at + name.length);
      low = low.slice(0, at) + blank + low.slice(at + name.length);
    }
  }
  return rest;
}

/** What Swedish nouns, adjectives and verbs end in. */
const ENDINGS =
  's|n|ns|en|ens|et|ets|t|ts|a|as|e|es|er|ers|ar|ars|or|ors|r|rs|na|nas|arna|arnas|erna|ernas|orna|ornas|ren|rens|ret|rets|ran|are|ares|aren|arens|arna|aste|de|des|te|tes|ade|ades|ad|at|ats|it|its|ande|andes|else|elsen|elser';

/** Whole words only, each of them inflected: *främmande kultur* finds *främmande kulturer*, never *kulturhus*. */
export function patternOf(avoid: string): RegExp {
  const tokens = avoid.trim().split(/\s+/u);
  const forms = tokens.map((token) =>
    token.length < 4 && tokens.length > 1 ? escape(token) : formsOf(token),
  );
  return new RegExp(`(?<![\\p{L}\\p{N}-])${forms.join('\\s+')}(?![\\p{L}\\p{N}])`, 'giu');
}

/** A word with its endings. The last sound changes in some: *flicka, flickor* · *åtgärd, åtgärden* · *offer, offret*. */
function formsOf(word: string): string {
  const whole = `${escape(word)}(?:${ENDINGS})?`;
  const stem = (length: number) => escape(word.slice(0, -length));
  if (/[ae]$/u.test(word)) return `(?:${whole}|${stem(1)}(?:${ENDINGS}))`;
  if (/ad$/u.test(word)) return `(?:${whole}|${stem(1)}(?:t|ts|des|de))`;
  if (/[^aeiouyåäö]er$/u.test(word)) return `(?:${escape(word)}s?|${stem(2)}r(?:et|ets|en|ens|na|nas))`;
  if (/man$/u.test(word)) return `(?:${whole}|${stem(3)}m[aä]n(?:nen|nens|s)?)`;
  if (/å$/u.test(word)) return `(?:${whole}|${escape(word)}(?:r|dde|tt|s))`;
  return whole;
}

const escape = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`);

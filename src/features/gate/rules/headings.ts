import { gateWords } from '#src/i18n/gate.ts';
import type { Finding } from '../findings.ts';
import { plainText } from '../nodes.ts';
import type { GatePage } from '../pages.ts';
import { countWords } from '../sentences.ts';

const words = gateWords.headings;

/** So many words in a row may stand without a heading. */
const LONGEST_WITHOUT = 300;

/** Headings are an outline: they begin on level two, skip none, and each has text under it. */
export function checkHeadings(pages: readonly GatePage[]): Finding[] {
  return pages.flatMap((page) => [...checkOutline(page), ...checkStretches(page)]);
}

function checkOutline({ part, body }: GatePage): Finding[] {
  const findings: Finding[] = [];
  const find = (
    block: number,
    rule: string,
    severity: Finding['severity'],
    message: string,
    suggestion: string,
  ) => findings.push({ rule, severity, part, block, message, suggestion });
  const seen = new Set<string>();
  // The page's own heading is on level one.
  let above = 1;
  for (const [block, node] of body.content.entries()) {
    if (node.type !== 'heading') continue;
    const text = plainText(node.content).trim();
    const { level } = node.attrs;
    if (text === '') find(block, 'heading-empty', 'error', words.empty, words.emptyFix);
    else if (seen.has(text.toLocaleLowerCase('sv'))) {
      find(block, 'heading-repeated', 'warning', words.repeated(text), words.repeatedFix);
    }
    seen.add(text.toLocaleLowerCase('sv'));
    if (level > above + 1 && above === 1) {
      find(block, 'heading-order', 'error', words.first(level), words.firstFix);
    } else if (level > above + 1) {
      find(block, 'heading-order', 'error', words.skipped(text, above, level), words.skippedFix(above + 1));
    }
    above = level;
    const next = body.content[block + 1];
    const isHollow = next === undefined || (next.type === 'heading' && next.attrs.level <= level);
    if (isHollow && text !== '') find(block, 'heading-hollow', 'error', words.hollow(text), words.hollowFix);
  }
  return findings;
}

function checkStretches({ part, body, texts }: GatePage): Finding[] {
  const findings: Finding[] = [];
  let since = 0;
  let start = 0;
  const close = () => {
    if (since > LONGEST_WITHOUT) {
      findings.push({
        rule: 'heading-missing',
        severity: 'warning',
        part,
        block: start,
        message: words.longWithout(since),
        suggestion: words.longWithoutFix,
      });
    }
  };
  for (const [block, node] of body.content.entries()) {
    if (node.type === 'heading') {
      close();
      since = 0;
      start = block + 1;
    } else {
      // A piece has a title of its own and is no stretch of running text.
      const isRunning = ['paragraph', 'bulletList', 'orderedList'].includes(node.type);
      if (isRunning) since += countWords(texts.filter((one) => one.block === block).map(({ text }) => text));
    }
  }
  close();
  return findings;
}

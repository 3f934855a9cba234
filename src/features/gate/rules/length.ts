import type { ModuleDocument } from '#src/features/documents/document.ts';
import { gateWords } from '#src/i18n/gate.ts';
import type { Finding } from '../findings.ts';
import { partName } from '../part-names.ts';
import type { GatePage } from '../pages.ts';
import { countWords } from '../sentences.ts';

const words = gateWords.length;

const FEWEST_WORDS = 150;
const MOST_WORDS = 700;
const FEWEST_IN_INTRO = 40;
const MOST_IN_INTRO = 250;
/** Words a minute: of somebody who reads all, folded answers too, and of somebody who stops to think. */
const FASTEST = 250;
const SLOWEST = 55;
/** What a module's time may hold beside its sections: the knowledge check and its introduction. */
const MOST_BESIDE = 20;
const LEAST_BESIDE = -3;

/** Sections are read in one go, and the time that a page promises is true. */
export function checkLength(document: ModuleDocument, pages: readonly GatePage[]): Finding[] {
  const sections = pages.filter(({ part }) => part !== partName.module);
  return [...pages.flatMap(checkWords), ...sections.flatMap(checkMinutes), ...checkModule(document)];
}

function countOf({ texts }: GatePage): number {
  return countWords(texts.map(({ text }) => text));
}

function checkWords(page: GatePage): Finding[] {
  const count = countOf(page);
  const { part } = page;
  const isIntro = part === partName.module;
  const [least, most] = isIntro ? [FEWEST_IN_INTRO, MOST_IN_INTRO] : [FEWEST_WORDS, MOST_WORDS];
  if (page.body.content.length === 0 || (count >= least && count <= most)) return [];
  const [message, fix] =
    count < least ? [words.short(count), words.shortFix] : [words.long(count), words.longFix];
  return [{ rule: 'length', severity: 'warning', part, message, suggestion: isIntro ? words.intro : fix }];
}

function checkMinutes(page: GatePage): Finding[] {
  const count = countOf(page);
  const { minutes } = page.meta;
  const from = Math.max(1, Math.floor(count / FASTEST));
  const to = Math.max(2, Math.ceil(count / SLOWEST));
  if (count < FEWEST_WORDS || (minutes >= from && minutes <= to)) return [];
  return [
    {
      rule: 'minutes',
      severity: 'warning',
      part: page.part,
      field: 'minutes',
      message: words.minutes(minutes, count),
      suggestion: words.minutesFix(from, to),
    },
  ];
}

function checkModule({ meta, sections }: ModuleDocument): Finding[] {
  const sum = sections.reduce((total, section) => total + section.meta.minutes, 0);
  const beside = meta.minutes - sum;
  if (sections.length === 0 || (beside >= LEAST_BESIDE && beside <= MOST_BESIDE)) return [];
  return [
    {
      rule: 'minutes',
      severity: 'warning',
      part: partName.module,
      field: 'minutes',
      message: words.moduleMinutes(meta.minutes, sum),
      suggestion: words.moduleMinutesFix,
    },
  ];
}

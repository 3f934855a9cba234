import type { Change } from '#src/features/publishing/publication.ts';
import {
  publishDraft,
  type PublishDraftResult,
} from '#src/features/content-exchange/publish-draft.server.ts';
import { contentCli as words } from '#src/i18n/content-cli.ts';
import { progressWords } from '#src/i18n/publishing.ts';
import { getDb } from '#src/lib/database.ts';
import { seconds } from '../say.mjs';
import { Refusal, type Terminal } from '../terminal.ts';
import { requireEditor } from './content-editors.ts';
import { letNodesFollow } from './nodes-follow.ts';

interface Options {
  change: Change;
  reason: string;
  by: string;
  approvedBy: string;
  months?: string;
}

/** `content publish` */
export async function runPublish(terminal: Terminal, slug: string, options: Options): Promise<void> {
  const months = readMonths(options);
  const reason = options.reason.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (reason === '' || reason.length > 300) throw new Refusal(words.reason);
  await terminal.prepareSite?.();
  const began = performance.now();
  const progress = (text: string) => terminal.complain(`${seconds(began).padStart(7)}  ${text}`);
  const result = await terminal.withDatabase(async () => {
    const by = await requireEditor(getDb(), '--by', options.by);
    const approver = await requireEditor(getDb(), '--approved-by', options.approvedBy);
    if (by.personId === approver.personId) throw new Refusal(words.samePerson);
    progress(words.checking);
    return publishDraft({ subject: slug, by, approver, change: options.change, reason, months }, (step) =>
      progress(progressWords.steps[step]),
    );
  });
  for (const { part, message, suggestion } of 'findings' in result ? result.findings : [])
    terminal.complain(`${slug}/${part}: ${message}${suggestion ? ` ${suggestion}` : ''}`);
  if (result.kind !== 'published') throw new Refusal(inWords(slug, result));
  await letNodesFollow();
  terminal.say(words.published(slug, result.releaseId));
}

function readMonths({ change, months }: Options): number | null {
  if (change !== 'requirement') {
    if (months !== undefined) throw new Refusal(words.monthsForOthers);
    return null;
  }
  if (months === undefined) throw new Refusal(words.monthsMissing);
  const count = /^\d{1,2}$/.test(months) ? Number(months) : 0;
  if (count < 1 || count > 24) throw new Refusal(words.months);
  return count;
}

function inWords(slug: string, result: Exclude<PublishDraftResult, { kind: 'published' }>): string {
  switch (result.kind) {
    case 'stopped':
      return words.stopped(result.findings.length);
    case 'obstacle':
      return words.obstacles[result.obstacle];
    case 'failed':
      return words.failed(result.reason);
    case 'already-waiting':
      return words.alreadyWaiting(slug);
    case 'not-required':
      return words.notRequirement(slug);
    case 'changed':
      return words.changed;
    case 'unchanged':
      return words.unchanged(slug);
    case 'broken-off':
      return words.brokenOff(slug);
    default:
      return words.noDraft(slug);
  }
}

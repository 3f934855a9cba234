import { problemText } from '#src/features/documents/content-reader.ts';
import { importContent } from '#src/features/content-exchange/import-content.server.ts';
import type { ImportOutcome, PlacedFinding } from '#src/features/content-exchange/imported.ts';
import { contentCli as words } from '#src/i18n/content-cli.ts';
import { getDb } from '#src/lib/database.ts';
import { Refusal, type Terminal } from '../terminal.ts';
import { requireEditor } from './content-editors.ts';

interface Options {
  dryRun?: boolean;
  by?: string;
  replace?: boolean;
}

/** `content import` */
export async function runImport(terminal: Terminal, folder: string, options: Options): Promise<void> {
  const { dryRun = false, replace = false, by } = options;
  await terminal.prepareSite?.();
  const onCheck = (subject: string) => terminal.complain(words.checkingSubject(subject));
  const outcome = await terminal.withDatabase(async () => {
    const db = getDb();
    const editor = by === undefined ? null : await requireEditor(db, '--by', by);
    return importContent(db, folder, { by: editor?.personId ?? null, replace, isDryRun: dryRun, onCheck });
  });
  if (outcome.kind !== 'imported') throw new Refusal(inWords(terminal, folder, outcome));
  outcome.warnings.forEach((one) => terminal.complain(`${words.warning}${findingText(one)}`));
  const { subjects } = outcome;
  if (subjects.length === 0) terminal.say(words.nothingNew);
  else terminal.say(dryRun ? words.wouldBecomeDrafts(subjects) : words.drafts(subjects));
}

/** Names what is wrong, one line for each thing, and sums it up. */
function inWords(
  terminal: Terminal,
  folder: string,
  outcome: Exclude<ImportOutcome, { kind: 'imported' }>,
): string {
  switch (outcome.kind) {
    case 'refused':
      outcome.problems.forEach((problem) => terminal.complain(problemText(problem)));
      return words.refused(outcome.problems.length);
    case 'stopped':
      outcome.errors.forEach((one) => terminal.complain(findingText(one)));
      outcome.warnings.forEach((one) => terminal.complain(`${words.warning}${findingText(one)}`));
      return words.stopped(outcome.errors.length);
    case 'has-drafts':
      return words.hasDrafts(outcome.subjects);
    case 'being-published':
      return words.beingPublished(outcome.subject);
    case 'bad-pictures':
      return words.badPictures(outcome.names);
    case 'too-many':
      return words.tooMany;
    case 'no-folder':
      return words.noFolder(folder);
    case 'empty':
      return words.empty(folder);
  }
}

/** A finding on one line, with the place in the files. */
export function findingText({ place, message, suggestion }: PlacedFinding): string {
  return problemText({ ...place, reason: suggestion ? `${message} ${suggestion}` : message });
}

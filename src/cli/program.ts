import { Command, CommanderError, Help, type HelpConfiguration } from 'commander';
import { BackupError } from '#db/backup/format.ts';
import { AppError } from '#src/lib/errors.ts';
import { isDatabaseUnavailable } from '#src/lib/failure.ts';
import { addBackupCommands } from './commands/backup.ts';
import { addContentCommands } from './commands/content.ts';
import { addDemoCommands } from './commands/demo.ts';
import { addImportCommands } from './commands/import.ts';
import { addIndicatorCommand } from './commands/indicator.ts';
import { addMailCommands } from './commands/mail.ts';
import { addUserCommands } from './commands/user.ts';
import { addYearCommands } from './commands/year.ts';
import { StartError } from './say.mjs';
import { Refusal, type Terminal } from './terminal.ts';

/** Runs one command line (without the program's own name). Returns the exit code: 0 only when all of it was done. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = createProgram(terminal);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    terminal.complain(inWords(error));
    return error instanceof CommanderError ? 2 : 1;
  }
}

function createProgram(terminal: Terminal): Command {
  const program = new Command('npm run cli --')
    .description('Administration av Trygg grund.')
    .helpCommand('help [kommando]', 'visar hjälp');
  addImportCommands(program, terminal);
  addIndicatorCommand(program, terminal);
  addContentCommands(program, terminal);
  addYearCommands(program, terminal);
  addUserCommands(program, terminal);
  addMailCommands(program, terminal);
  addBackupCommands(program, terminal);
  addDemoCommands(program, terminal);
  const speakSwedish = (command: Command) => {
    command
      .helpOption('-h, --help', 'visar hjälp')
      .exitOverride()
      .showSuggestionAfterError(false)
      .configureHelp(SWEDISH_HELP)
      .configureOutput({
        writeOut: terminal.write,
        writeErr: (text) => terminal.complain(text.trimEnd()),
        outputError: () => undefined,
      });
    command.commands.forEach(speakSwedish);
  };
  speakSwedish(program);
  return program;
}

const TITLES: Record<string, string> = {
  'Usage:': 'Användning:',
  'Arguments:': 'Argument:',
  'Options:': 'Val:',
  'Commands:': 'Kommandon:',
};

const plain = new Help();

const SWEDISH_HELP: HelpConfiguration = {
  styleTitle: (title) => TITLES[title] ?? title,
  commandUsage: (command) =>
    plain.commandUsage(command).replace('[options]', '[val]').replace('[command]', '<kommando>'),
  subcommandTerm: (command) =>
    plain.subcommandTerm(command).replace('[options] ', '').replace(' [options]', ''),
  optionDescription: ({ description, argChoices, defaultValue }) => {
    const notes = [
      ...(argChoices ? [`välj ${argChoices.join(', ')}`] : []),
      ...(defaultValue === undefined ? [] : [`annars ${defaultValue}`]),
    ];
    return notes.length > 0 ? `${description} (${notes.join('; ')})` : description;
  },
};

const COMMANDER_REASONS: Record<string, string> = {
  'commander.unknownOption': 'Okänt val:',
  'commander.unknownCommand': 'Okänt kommando:',
  'commander.excessArguments': 'För många argument. Kommandot skrevs fel eller fick något för mycket.',
  'commander.missingArgument': 'Argument saknas:',
  'commander.missingMandatoryOptionValue': 'Val saknas:',
  'commander.optionMissingArgument': 'Valet saknar värde:',
  'commander.invalidArgument': 'Ogiltigt värde:',
  'commander.help': 'Ange ett kommando, se ovan.',
};

/** Somebody else's, write protected, a folder, or taken by the system. */
const UNUSABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'EISDIR', 'ENOTDIR', 'EBUSY']);

/** What went wrong, never with the values of a statement: they can be names. */
function inWords(error: unknown): string {
  if (error instanceof CommanderError) {
    const words = COMMANDER_REASONS[error.code] ?? error.message;
    const named = error.message.match(/'([^']+)'/)?.[1];
    return words.endsWith(':') ? `${words} ${named ?? ''} (se --help)` : words;
  }
  if (error instanceof Refusal || error instanceof StartError) return error.message;
  if (error instanceof BackupError) return `Det gick inte: ${error.message}.`;
  if (isDatabaseUnavailable(error)) return 'Databasen svarar inte. Inget är halvt: kör igen när den svarar.';
  if (error instanceof AppError) return `Det gick inte: ${error.message} (${error.code}).`;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `Filen ${path} finns inte.`;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'Det gick inte, och inget har ändrats: disken är full.';
  if (code && UNUSABLE.has(code))
    return `${path ? `Filen ${path}` : 'Filen'} går inte att använda (${code}).`;
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return `Oväntat fel, inget har ändrats: ${inner instanceof Error ? inner.message : String(inner)}`;
}

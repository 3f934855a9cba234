import { Option, type Command } from 'commander';
import { createUser, ROLES } from '#src/features/organisation/create-user.server.ts';
import { Refusal, type Terminal } from '../terminal.ts';

interface Options {
  email: string;
  name: string;
  role: (typeof ROLES)[number];
  anstnr?: string;
  passwordStdin?: boolean;
}

/** `user create` */
export function addUserCommands(program: Command, terminal: Terminal): void {
  program
    .command('user')
    .description('Konton som loggar in med lösenord.')
    .command('create')
    .description('Skapar ett konto, till personen med samma anstnr eller e-postadress om hon finns.')
    .requiredOption('--email <e-post>', 'som kontot loggar in med')
    .requiredOption('--name <namn>', 'för den som inte redan finns i personalen')
    .addOption(
      new Option('--role <roll>', 'vad kontot får göra; chef följer av anställningen')
        .choices(ROLES)
        .makeOptionMandatory(),
    )
    .option('--anstnr <nummer>', 'personen i personalen som kontot hör till')
    .option('--password-stdin', 'läs lösenordet från standard in i stället för att göra ett')
    .action(async ({ email, name, role, anstnr, passwordStdin }: Options) => {
      const password = passwordStdin ? (await terminal.readInput()).replace(/\r?\n$/, '') : undefined;
      const result = await terminal.withDatabase(() =>
        createUser('cli', {
          email,
          name,
          role,
          ...(anstnr === undefined ? {} : { employeeNumber: anstnr }),
          ...(password === undefined ? {} : { password }),
        }),
      );
      if (result.kind === 'refused') throw new Refusal(`Inget konto skapades: ${result.reasons.join('; ')}.`);
      terminal.say(`Kontot ${email} (${role}) är skapat${result.isNewPerson ? ', för en ny person' : ''}.`);
      if (result.password !== null) terminal.say(`Lösenord, visas bara nu: ${result.password}`);
    });
}

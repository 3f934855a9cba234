import type { Command } from 'commander';
import { DEMO_PASSWORD } from '#db/seed/accounts.ts';
import { seedScale } from '#db/seed/scale.ts';
import { hashPassword } from '#src/features/auth/password.ts';
import { wholeNumber } from '#src/i18n/common.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { isDemo } from '#src/lib/demo.ts';
import { seconds } from '../say.mjs';
import { Refusal, type Terminal } from '../terminal.ts';

interface Options {
  people: number;
  municipalities: number;
  years: number;
  completionsPerPerson: number;
}

const FEWEST_PER_MUNICIPALITY = 50;
const MOST_PER_PERSON = 6;

/** `demo scale` */
export function addDemoCommands(program: Command, terminal: Terminal): void {
  program
    .command('demo')
    .description('Påhittade uppgifter.')
    .command('scale')
    .description(
      'Fyller en tom databas med påhittade kommuner, för att mäta hur fort sidorna är. ' +
        'Samma tal och samma dag ger samma uppgifter.',
    )
    .requiredOption('--people <antal>', 'anställda i dag, i alla kommuner', whole('--people', 50, 3_000_000))
    .requiredOption(
      '--municipalities <antal>',
      'kommuner, från en stor stad till små',
      whole('--municipalities', 1, 500),
    )
    .option('--years <antal>', 'år av anställningar och genomföranden', whole('--years', 1, 30), 10)
    .option(
      '--completions-per-person <antal>',
      'genomföranden per anställd, ungefär, i medeltal',
      perPerson,
      5,
    )
    .action(async (options: Options) => {
      if (options.people < options.municipalities * FEWEST_PER_MUNICIPALITY) {
        throw new Refusal(`Varje kommun behöver minst ${FEWEST_PER_MUNICIPALITY} anställda.`);
      }
      const began = performance.now();
      const say = (line: string) => terminal.say(`  ${seconds(began).padStart(8)}  ${line}`);
      const result = await terminal.withDatabase(
        async (url) => {
          if (!isDemo()) {
            throw new Refusal(
              'Uppgifterna är påhittade och kontona har ett lösenord som alla känner till. Ange DEMO=1.',
            );
          }
          return seedScale(url, { ...options, today: stockholmToday(), hashPassword, say });
        },
        { leaveEmpty: true },
      );
      if (result.kind === 'not-empty') {
        throw new Refusal(
          'Databasen är inte tom, och inget har ändrats. Välj en ny mapp, till exempel DATA_DIR=../matdata, ' +
            'eller en tom databas i DATABASE_URL.',
        );
      }
      const { units, people, employments, completions } = result;
      terminal.say(
        `Klart på ${seconds(began)}: ${wholeNumber(options.people)} anställda i dag av ${wholeNumber(people)} personer med ` +
          `${wholeNumber(employments)} anställningar, ${wholeNumber(completions)} genomföranden, ${wholeNumber(units)} enheter.`,
      );
      terminal.say(`Konton, med lösenordet ${DEMO_PASSWORD}:`);
      for (const { email, unit, staff } of result.accounts) {
        terminal.say(
          `  ${email.padEnd(22)} ${unit}${email.startsWith('chef') ? `, leder ${staff} personer` : ''}`,
        );
      }
    });
}

/** @throws Refusal, which says what may be given: commander's own words do not. */
function whole(option: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new Refusal(`${option} ska vara ett heltal från ${least} till ${most}, inte ${text}.`);
  };
}

function perPerson(text: string): number {
  const number = Number(text.replace(',', '.'));
  if (/^\d+([.,]\d+)?$/.test(text) && number <= MOST_PER_PERSON) return number;
  throw new Refusal(
    `--completions-per-person ska vara ett tal från 0 till ${MOST_PER_PERSON}, inte ${text}.`,
  );
}

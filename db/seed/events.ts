import { sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { sessionEvent, sessionSignup } from '../schema/events.ts';
import { module } from '../schema/training.ts';
import type { DemoAccount } from './accounts.ts';
import { shiftDay } from './days.ts';
import type { PersonPlan } from './people.ts';
import { createRandom } from './random.ts';

const SEED = 1917;
const FORDJUPNING = 'barn-i-forskolealdern';

interface EventPlan {
  moduleSlug: string;
  title: string;
  /** Days from today; moved on to a weekday. */
  days: number;
  from: string;
  to: string;
  place: string | null;
  link: string | null;
  places: number | null;
  audience: string;
  signups: number;
}

const PLANS: readonly EventPlan[] = [
  {
    moduleSlug: FORDJUPNING,
    title: 'Barn i förskoleåldern: samtal om svåra lägen',
    days: -4,
    from: '13:00',
    to: '15:30',
    place: 'Stadshuset, sal 3',
    link: null,
    places: 20,
    audience: 'Personal i förskolan',
    signups: 9,
  },
  {
    moduleSlug: FORDJUPNING,
    title: 'Barn i förskoleåldern: från oro till handling',
    days: 9,
    from: '13:00',
    to: '15:30',
    place: 'Stadshuset, sal 3',
    link: null,
    places: 12,
    audience: 'Personal i förskolan',
    signups: 9,
  },
  {
    moduleSlug: 'del-4',
    title: 'Öva på att fråga',
    days: 23,
    from: '08:30',
    to: '10:00',
    place: null,
    link: 'https://mote.demo.test/ova',
    places: null,
    audience: 'Alla som möter barn och vuxna i sitt arbete',
    signups: 4,
  },
];

/** Training occasions behind and ahead of today, with people of the demo who have signed up. */
export async function writeEvents(
  db: Executor,
  today: string,
  people: readonly PersonPlan[],
  accounts: readonly DemoAccount[],
): Promise<void> {
  const random = createRandom(SEED);
  const editor = accounts.find(({ role }) => role === 'redaktor');
  const manager = accounts.find(({ email }) => email.startsWith('chef@'));
  if (!editor || !manager) throw new Error('nobody to make the occasions of the demo');
  await db
    .insert(module)
    .values({ slug: FORDJUPNING, kind: 'fordjupning', position: 1 })
    .onConflictDoNothing();
  const inPreschool = people.filter(
    ({ main, completedOn }) => main.until === null && completedOn !== null && /^FSKF-1-/.test(main.unit.code),
  );
  const hidden = people.filter(({ isProtected, isFixed }) => isProtected && isFixed);
  for (const { days, from, to, signups, ...plan } of PLANS) {
    const day = onWeekday(shiftDay(today, days));
    const id = random.uuid();
    await db.insert(sessionEvent).values({
      ...plan,
      id,
      startsAt: inStockholm(day, from),
      endsAt: inStockholm(day, to),
      teacher: 'Resursteam heder',
      createdBy: editor.person.id,
      attendanceCode: 'TRYGGA',
    });
    const others = new Set<PersonPlan>([manager.person, ...(days < 0 ? hidden : [])]);
    while (others.size < signups && inPreschool.length >= signups) others.add(random.pick(inPreschool));
    const rows = [...others].map((one, index) => ({
      id: random.uuid(),
      eventId: id,
      personId: one.id,
      signedUpAt: inStockholm(shiftDay(today, index - 30), '09:00'),
    }));
    await db.insert(sessionSignup).values(rows);
  }
}

function inStockholm(day: string, time: string): SQL {
  return sql`(${day}::date + ${time}::time) at time zone 'Europe/Stockholm'`;
}

function onWeekday(day: string): string {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return shiftDay(day, weekday === 6 ? -1 : weekday === 0 ? -2 : 0);
}

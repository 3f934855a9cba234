import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '#db/client.ts';
import { findCurrentVersion } from '#db/queries/modules.ts';
import { createRandom, type Random } from '#db/seed/random.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import type { Answers } from './quiz.ts';
import { recordAnswers } from './quiz.server.ts';
import { quizSchema, type Question } from './quiz.schema.ts';

const SEED = 1968;
/** How many hand in each part. The last two are left out, so that nobody completes the grundkurs and no figure moves. */
const HANDED_IN = { 'del-1': 60, 'del-2': 40, 'del-3': 25 } as const;
/** Of these so many work for chef. */
const OWN = 4;
const SURE = 0.9;
const UNSURE = 0.55;

/** Lets some in the demo, none of whom have an account, hand in the first parts: graded and recorded like anyone's. */
export async function answerDemoQuizzes(db: Database): Promise<void> {
  const random = createRandom(SEED);
  await db.transaction(async (tx) => {
    const people = await listBeginners(tx);
    for (const [slug, count] of Object.entries(HANDED_IN)) {
      const version = await findCurrentVersion(tx, slug);
      if (!version || version.quiz === null) continue;
      const quiz = quizSchema.parse(version.quiz);
      for (const personId of people.slice(0, count)) {
        const submission = { submissionId: random.uuid(), answers: draw(quiz.questions, random) };
        await recordAnswers(tx, personId, { quiz, version }, submission);
      }
    }
  });
}

/** Employed people without account, protection, completion or waiver; those who work for chef first. */
async function listBeginners(tx: Transaction): Promise<string[]> {
  const today = stockholmToday();
  const rows = await tx.execute<{ id: string }>(sql`
    with beginner as (
      select p.id, bool_or(e.unit_id in (
          select m.unit_id from employment m join account a on a.person_id = m.person_id
          where a.email = 'chef@demo.test' and m.is_manager and m.valid @> ${today}::date)) as is_own
      from person p join employment e on e.person_id = p.id and e.valid @> ${today}::date
      where not p.is_protected
        and not exists (select from account a where a.person_id = p.id)
        and not exists (select from completion c where c.person_id = p.id)
        and not exists (select from waiver w where w.person_id = p.id)
      group by p.id
    ), numbered as (
      select id, is_own, row_number() over (partition by is_own order by id) as number from beginner
    )
    select id from numbered where number <= case when is_own then ${OWN}::int else ${HANDED_IN['del-1'] - OWN}::int end
    order by is_own desc, id`);
  return rows.map(({ id }) => id);
}

/** Mostly right; every third question is one that many get wrong, in the same way. */
function draw(questions: readonly Question[], random: Random): Answers {
  return Object.fromEntries(
    questions.map(({ id, options }, index) => {
      const right = options.filter(({ correct }) => correct).map((option) => option.id);
      if (random.chance(index % 3 === 1 ? UNSURE : SURE)) return [id, right];
      const wrong = options.filter(({ correct }) => !correct).map((option) => option.id);
      return [id, [random.chance(0.7) ? wrong[0] : random.pick(wrong)].flatMap((one) => one ?? [])];
    }),
  );
}

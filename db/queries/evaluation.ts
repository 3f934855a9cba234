import { and, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import {
  assessmentAsked,
  assessmentCount,
  type assessmentMoment,
  type assessmentQuestion,
} from '../schema/evaluation.ts';

export type Moment = (typeof assessmentMoment.enumValues)[number];
export type AssessmentQuestion = (typeof assessmentQuestion.enumValues)[number];

/** New answers wait until so many have come (see `assessment_count`). */
const SHOWN_TOGETHER = 10;

/** What decides whether a person is asked to assess herself. */
export interface AssessmentStanding {
  /** Where her answers would be counted: the department of an employment of the day, the first by code. Null: nowhere. */
  departmentId: number | null;
  /** Whether she has completed any of the grundkurs. */
  hasBegun: boolean;
  /** The day she last completed the grundkurs herself; null: she has not, or it was credited. */
  courseOn: string | null;
  asked: Moment[];
}

/** How a person stands with the self-assessment on a day. */
export async function findAssessmentStanding(
  db: Executor,
  personId: string,
  day: string,
): Promise<AssessmentStanding> {
  const [row] = await db.execute<AssessmentStanding & Record<string, unknown>>(sql`
    with recursive above as (
      select p.unit_id, p.parent_id, p.kind from unit_period p
      where p.valid @> ${day}::date and p.unit_id in (
        select e.unit_id from employment e where e.person_id = ${personId}::uuid and e.valid @> ${day}::date)
      union
      select p.unit_id, p.parent_id, p.kind
      from above a join unit_period p on p.unit_id = a.parent_id and p.valid @> ${day}::date
    ), done as (
      select c.module_slug, c.method, c.completed_on, m.kind
      from completion c join module m on m.slug = c.module_slug
      where c.person_id = ${personId}::uuid
        and not exists (select from completion_correction x where x.completion_id = c.id)
    )
    select
      (select u.id from above a join unit u on u.id = a.unit_id where a.kind = 'department'
       order by u.code limit 1) as "departmentId",
      exists (select from done where kind in ('course', 'part')) as "hasBegun",
      (select max(completed_on) from done where kind = 'course' and method <> 'import') as "courseOn",
      (select coalesce(jsonb_agg(moment), '[]') from assessment_asked where person_id = ${personId}::uuid) as asked`);
  if (!row) throw new Error('a select without FROM gives one row');
  return row;
}

/** Remembers that a person has answered or declined. False when that was so already. */
export async function insertAsked(db: Executor, personId: string, moment: Moment): Promise<boolean> {
  const made = await db
    .insert(assessmentAsked)
    .values({ personId, moment })
    .onConflictDoNothing()
    .returning({ moment: assessmentAsked.moment });
  return made.length > 0;
}

/**
 * Counts one person's answers, one to each question. When `SHOWN_TOGETHER` have come for the department,
 * year and moment since the last time, they are shown together. Others wait meanwhile, so that it is
 * exactly so many.
 */
export async function countAnswers(
  tx: Transaction,
  place: { departmentId: number; year: number; moment: Moment },
  answers: Record<AssessmentQuestion, number>,
): Promise<void> {
  const { departmentId, year, moment } = place;
  const key = `assessment ${departmentId} ${year} ${moment}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  await tx
    .insert(assessmentCount)
    .values(
      Object.entries(answers).map(([question, answer]) => ({
        ...place,
        question: question as AssessmentQuestion,
        answer,
        waiting: 1,
      })),
    )
    .onConflictDoUpdate({
      target: [
        assessmentCount.departmentId,
        assessmentCount.year,
        assessmentCount.moment,
        assessmentCount.question,
        assessmentCount.answer,
      ],
      set: { waiting: sql`${assessmentCount.waiting} + 1` },
    });
  const here = and(
    eq(assessmentCount.departmentId, departmentId),
    eq(assessmentCount.year, year),
    eq(assessmentCount.moment, moment),
  );
  const [row] = await tx
    .select({ waiting: sql<number>`sum(${assessmentCount.waiting})::int` })
    .from(assessmentCount)
    .where(and(here, eq(assessmentCount.question, 'recognise')));
  if ((row?.waiting ?? 0) < SHOWN_TOGETHER) return;
  await tx
    .update(assessmentCount)
    .set({ shown: sql`${assessmentCount.shown} + ${assessmentCount.waiting}`, waiting: 0 })
    .where(here);
}

/** What was answered to one question in a department, of that which may be shown. */
export interface ShownAnswers {
  year: number;
  code: string;
  /** As the department was called at the end of the year, or is today. */
  name: string;
  moment: Moment;
  question: AssessmentQuestion;
  answers: number;
  /** Those who answered 4 or 5. */
  sure: number;
}

/** All that may be shown, latest year first. What waits is not in it. */
export async function listShownAnswers(db: Executor, today: string): Promise<ShownAnswers[]> {
  const rows = await db.execute<ShownAnswers & Record<string, unknown>>(sql`
    select a.year, u.code, coalesce((
        select p.name from unit_period p
        where p.unit_id = u.id
        order by p.valid @> least(make_date(a.year, 12, 31), ${today}::date) desc, lower(p.valid) desc nulls last
        limit 1), u.code) as name,
      a.moment, a.question, sum(a.shown)::int as answers,
      coalesce(sum(a.shown) filter (where a.answer >= 4), 0)::int as sure
    from assessment_count a join unit u on u.id = a.department_id
    group by a.year, u.id, a.moment, a.question
    having sum(a.shown) >= ${SHOWN_TOGETHER}
    order by a.year desc, u.code, a.moment, a.question`);
  return [...rows];
}

/** How many first answered a question with exactly these options. */
export interface FirstAnswerCount {
  moduleVersionId: number;
  question: string;
  chosen: string[];
  people: number;
}

/**
 * The first attempts of all people on module versions, question by question. Nothing tells who or where.
 * The latest wait until `SHOWN_TOGETHER` have come: whoever looks before and after somebody answers sees
 * no difference. Equal answers are put together at once, so that grading has little left to look at.
 */
export async function countFirstAnswers(
  db: Executor,
  moduleVersionIds: readonly number[],
): Promise<FirstAnswerCount[]> {
  const rows = await db.execute<FirstAnswerCount & Record<string, unknown>>(sql`
    with first as (
      select distinct on (a.person_id, a.module_version_id)
        a.module_version_id, a.answers, a.submitted_at, a.id
      from attempt a
      join module_version v on v.id = a.module_version_id
      where a.module_version_id in (
        select value::int from jsonb_array_elements_text(${JSON.stringify(moduleVersionIds)}::jsonb))
        -- Not those of a refresher, which asks some of the questions: few may have answered the others.
        and a.questions = jsonb_array_length(v.quiz -> 'questions')
      order by a.person_id, a.module_version_id, a.submitted_at, a.id
    ), placed as (
      select module_version_id, answers, count(*) over (partition by module_version_id) as people,
        row_number() over (partition by module_version_id order by submitted_at, id) as place
      from first
    )
    select f.module_version_id as "moduleVersionId", q.key as question, q.value as chosen,
      count(*)::int as people
    from placed f cross join jsonb_each(f.answers) q
    where f.place <= f.people - f.people % ${SHOWN_TOGETHER}
    group by f.module_version_id, q.key, q.value`);
  return [...rows];
}

import { sql } from 'drizzle-orm';
import { check, integer, pgEnum, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { person, unit } from './organisation.ts';

/** Before the first part of the grundkurs, or after the last. */
export const assessmentMoment = pgEnum('assessment_moment', ['before', 'after']);

/** How sure one is in recognising, asking and acting (the aim of *Fri från våld*). */
export const assessmentQuestion = pgEnum('assessment_question', ['recognise', 'ask', 'act']);

/**
 * How many gave each answer to the self-assessment, per department and year. Counts only, never an answer
 * of its own, so that no row can be anyone's. New answers wait until ten have come, and are then shown
 * together: what is shown never changes by fewer than ten people.
 */
export const assessmentCount = pgTable(
  'assessment_count',
  {
    departmentId: integer('department_id')
      .notNull()
      .references(() => unit.id),
    year: integer('year').notNull(),
    moment: assessmentMoment('moment').notNull(),
    question: assessmentQuestion('question').notNull(),
    /** 1 (not sure at all) to 5 (very sure). */
    answer: integer('answer').notNull(),
    waiting: integer('waiting').notNull().default(0),
    shown: integer('shown').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.departmentId, table.year, table.moment, table.question, table.answer] }),
    check('assessment_answer_in_range', sql`${table.answer} between 1 and 5`),
  ],
);

/** That a person has answered or declined, and need not be asked again; never when, and never what. */
export const assessmentAsked = pgTable(
  'assessment_asked',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    moment: assessmentMoment('moment').notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.moment] })],
);

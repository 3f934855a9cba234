import { randomInt, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '#db/client.ts';
import { openEmbedded } from '#db/embedded.ts';
import { findCurrentVersion } from '#db/queries/modules.ts';
import { account } from '#db/schema/access.ts';
import { person } from '#db/schema/organisation.ts';
import { sessionCookieName } from '#src/features/auth/session-cookie.ts';
import { startSession } from '#src/features/auth/session.server.ts';
import { quizSchema, type Quiz } from '#src/features/quiz/quiz.schema.ts';
import { closeDb, getDb } from '#src/lib/database.ts';

export const PARTS = ['del-1', 'del-2', 'del-3', 'del-4', 'del-5'];

/** One submission and what the sender knows of it. */
export interface Submission {
  id: string;
  personId: string;
  cookie: string;
  slug: string;
  versionId: number;
  right: number;
  passed: boolean;
  body: string;
  /** The same submission with another answer. */
  otherBody: string;
  /** The sender has seen the result's address: from here on it must never be lost. */
  isAcknowledged: boolean;
}

/** Runs with the site's database open in this process too; `cluster` is the folder of the database server. */
export async function withDatabase<T>(
  dataDir: string,
  work: (db: Database, cluster: string) => Promise<T>,
): Promise<T> {
  const embedded = await openEmbedded({ dataDir, database: 'trygg_grund' });
  process.env['DATABASE_URL'] = embedded.url;
  try {
    return await work(getDb(), embedded.place.data);
  } finally {
    await closeDb();
    delete process.env['DATABASE_URL'];
    await embedded.close();
  }
}

/** The process of the database server, by its own word. */
export async function findPostmaster(cluster: string): Promise<number> {
  const [pid] = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n');
  return Number(pid);
}

/** New people, signed in, each with one submission to every part, in random order: four of five pass. */
export async function prepareSubmissions(db: Database, people: number): Promise<Submission[]> {
  const quizzes = await Promise.all(
    PARTS.map(async (slug) => {
      const version = await findCurrentVersion(db, slug);
      return { slug, versionId: version!.id, quiz: quizSchema.parse(version!.quiz) };
    }),
  );
  const submissions: Submission[] = [];
  for (let n = 0; n < people; n++) {
    const [someone] = await db
      .insert(person)
      .values({ name: 'Avbrotts Anna', isProtected: false })
      .returning({ id: person.id });
    const personId = someone!.id;
    const [own] = await db
      .insert(account)
      .values({ personId, email: `${randomUUID()}@exempel.test` })
      .returning({ id: account.id });
    const cookie = `${sessionCookieName(false)}=${await startSession(own!.id)}`;
    for (const { slug, versionId, quiz } of quizzes) {
      const passed = randomInt(5) > 0;
      const id = randomUUID();
      const right = passed ? quiz.questions.length : 0;
      submissions.push({
        id,
        personId,
        cookie,
        slug,
        versionId,
        right,
        passed,
        body: formOf(quiz, right, id, versionId),
        otherBody: formOf(quiz, passed ? 0 : quiz.questions.length, id, versionId),
        isAcknowledged: false,
      });
    }
  }
  return submissions.sort(() => randomInt(3) - 1);
}

function formOf({ questions }: Quiz, right: number, id: string, versionId: number): string {
  const form = new URLSearchParams({ _inlamning: id, _version: String(versionId) });
  for (const [index, question] of questions.entries()) {
    const correct = question.options.filter((option) => option.correct);
    const wrong = question.options.filter((option) => !option.correct).slice(0, 1);
    for (const option of index < right ? correct : wrong) form.append(question.id, option.id);
  }
  return form.toString();
}

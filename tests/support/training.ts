import type { Executor } from '#db/client.ts';
import { findCurrentVersion, insertVersion, upsertModule } from '#db/queries/modules.ts';
import { account } from '#db/schema/access.ts';
import { person } from '#db/schema/organisation.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import type { Quiz } from '#src/features/quiz/quiz.schema.ts';

export const PARTS = ['del-1', 'del-2', 'del-3', 'del-4', 'del-5'] as const;
export const FORDJUPNING = 'provfordjupning';

/** Option `a` is right, everywhere; in the last question `a` and `b` are. */
export function sampleQuiz(slug: string, questions = 5): Quiz {
  return {
    passMark: 0.8,
    questions: Array.from({ length: questions }, (_, index) => {
      const isLast = index === questions - 1;
      return {
        id: `${slug}-f${index + 1}`,
        type: isLast ? 'multiple' : 'single',
        section: '01-avsnitt',
        prompt: `Fråga ${index + 1} i ${slug}?`,
        options: ['a', 'b', 'c'].map((id) => ({
          id,
          text: `Svar ${id}`,
          feedback: `Därför ${id}.`,
          ...((id === 'a' || (isLast && id === 'b')) && { correct: true as const }),
        })),
      };
    }),
  };
}

/** Answers to `sampleQuiz`: the first `right` questions right, the others wrong. */
export function sampleAnswers(slug: string, right = 5, questions = 5): [string, string][] {
  return Array.from({ length: questions }, (_, index): [string, string][] => {
    const id = `${slug}-f${index + 1}`;
    if (index >= right) return [[id, 'c']];
    return index === questions - 1
      ? [
          [id, 'a'],
          [id, 'b'],
        ]
      : [[id, 'a']];
  }).flat();
}

/** A small published course: five parts, the grundkurs and one fördjupning. */
export async function publishSampleCourse(db: Executor): Promise<void> {
  await upsertModule(db, { slug: 'grundkurs', kind: 'course', position: 0 });
  for (const [index, slug] of PARTS.entries()) {
    await upsertModule(db, { slug, kind: 'part', position: index + 1 });
    await publishVersion(db, slug, sampleQuiz(slug));
  }
  await upsertModule(db, { slug: FORDJUPNING, kind: 'fordjupning', position: 1 });
  await publishVersion(db, FORDJUPNING, sampleQuiz(FORDJUPNING));
  await publishCourseVersion(db, '1');
}

/** Publishes a next version of the grundkurs as a whole. Returns its id. */
export async function publishCourseVersion(db: Executor, contentHash: string): Promise<number> {
  const sections = PARTS.map((slug) => ({ slug, title: `Om ${slug}`, file: slug }));
  await insertVersion(db, {
    moduleSlug: 'grundkurs',
    title: 'Grundkursen',
    contentHash,
    quiz: null,
    sections,
  });
  return currentVersionId(db, 'grundkurs');
}

/** Publishes a knowledge check as the module's next version. Returns the version's id. */
export async function publishVersion(db: Executor, slug: string, quiz: Quiz): Promise<number> {
  await insertVersion(db, {
    moduleSlug: slug,
    title: `Om ${slug}`,
    contentHash: JSON.stringify(quiz),
    quiz,
    sections: [{ slug: 'avsnitt', title: 'Avsnittet', file: '01-avsnitt' }],
  });
  return currentVersionId(db, slug);
}

/** The id of the version that is published now. */
export async function currentVersionId(db: Executor, slug: string): Promise<number> {
  const version = await findCurrentVersion(db, slug);
  if (!version) throw new Error(`${slug} is not published`);
  return version.id;
}

let people = 0;

/** A person with an account, as the one who asks. */
export async function addActor(db: Executor, options: Partial<Actor> = {}): Promise<Actor> {
  const number = ++people;
  const { name = `Person ${number}`, role = 'medarbetare', isProtected = false } = options;
  const [one] = await db.insert(person).values({ name, isProtected }).returning({ id: person.id });
  const personId = one!.id;
  const [own] = await db
    .insert(account)
    .values({ personId, email: `person${number}@exempel.test`, role })
    .returning({ id: account.id });
  return { accountId: own!.id, personId, name, role, isManager: false, isProtected };
}

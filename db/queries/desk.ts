import { asc, isNull, sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { draft } from '../schema/editorial.ts';
import { shownName } from './shown-name.ts';

/** The drafts that are open, with their subjects. */
export async function listOpenDrafts(db: Executor) {
  return db
    .select({ id: draft.id, subject: draft.subject, state: draft.state })
    .from(draft)
    .where(isNull(draft.closedAt))
    .orderBy(asc(draft.id));
}

/** An open draft as the editors' desk shows it. Names of protected people are null. */
export interface DeskDraft {
  id: number;
  subject: string;
  state: 'writing' | 'review' | 'approved';
  /** Of a new module, while nothing of it is published. */
  title: string | null;
  position: number | null;
  isNew: boolean;
  /** Who saved something last, and when. */
  savedBy: string | null;
  savedAt: Date;
  /** Who has a part open to write in now. */
  writers: (string | null)[];
  /** When it will be published, when that is decided. */
  dueAt: Date | null;
  /** Whether somebody waits for a yes or no, and the one who asks has written nothing in the draft. */
  waitsForMe: boolean;
}

/** Every open draft with who works on it. `personId` is the one who looks at the desk. */
export async function listDeskDrafts(db: Executor, personId: string, now: Date): Promise<DeskDraft[]> {
  const rows = await db.execute<Record<string, unknown>>(sql`
    select d.id, d.subject, d.state, d.base_version_id is null and d.base_facts_id is null as "isNew",
      m.content #>> '{meta,title}' as title, (m.content #>> '{meta,position}')::int as position,
      last.name as "savedBy", last.saved_at as "savedAt",
      coalesce((select jsonb_agg(distinct ${shownName('h')}) from draft_part o
        join person h on h.id = o.held_by
        where o.draft_id = d.id and o.held_until > ${now.toISOString()}::timestamptz), '[]') as writers,
      (select min(p.due_at) from publication p join review r on r.id = p.review_id
        where r.draft_id = d.id and p.state in ('waiting', 'building')) as "dueAt",
      d.state = 'review' and not exists (select from draft_revision w
        where w.draft_id = d.id and w.saved_by = ${personId}::uuid)
        and not exists (select from review s where s.draft_id = d.id and s.decision is null
          and s.submitted_by = ${personId}::uuid) as "waitsForMe"
    from draft d
    left join draft_part m on m.draft_id = d.id and m.part = 'modul'
    cross join lateral (select ${shownName('p')} as name, r.saved_at from draft_revision r
      left join person p on p.id = coalesce(r.saved_by, d.created_by)
      where r.draft_id = d.id order by r.saved_at desc, r.id desc limit 1) last
    where d.closed_at is null
    order by d.id`);
  return rows.map((row) => ({
    ...(row as unknown as DeskDraft),
    savedAt: new Date(String(row['savedAt'])),
    dueAt: row['dueAt'] === null ? null : new Date(String(row['dueAt'])),
  }));
}

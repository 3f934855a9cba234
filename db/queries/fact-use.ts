import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';

/** The facts and sources that a module shows: as readers meet it, or in a draft that is open. */
export interface FactUseRow {
  slug: string;
  title: string;
  isDraft: boolean;
  /** `law/sol-19-1`, `contact/akut-112`, `figure/…`. */
  shown: string[];
  /** Ids of the sources that its pages name. */
  sources: string[];
}

/**
 * A node that shows a fact, as PostgreSQL writes jsonb: shorter keys first, one space after a colon. Within a
 * text the quotation marks would be escaped. (A path over every node takes five times as long.)
 */
const SHOWN = '"type": "(law|contact|figure)", "attrs": \\{"id": "([a-z0-9-]+)"\\}';

/** What each module shows of the facts, by the current release and by every open draft. */
export async function listFactUses(db: Executor): Promise<FactUseRow[]> {
  const rows = await db.execute<{
    slug: string;
    title: string | null;
    isDraft: boolean;
    shown: string[] | null;
    sources: string[] | null;
  }>(sql`
    with text as (
      select v.module_slug as slug, v.title, false as "isDraft", v.document as content
      from current_version c join module_version v on v.id = c.module_version_id
      where v.document is not null
      union all
      select d.subject, case when p.part = 'modul' then p.content -> 'meta' ->> 'title' end, true, p.content
      from draft d join draft_part p on p.draft_id = d.id
      where d.closed_at is null and d.subject <> 'fakta'
        and (p.part = 'modul' or starts_with(p.part, 'avsnitt/'))
    )
    select slug, title, "isDraft",
      (select array_agg(distinct found[1] || '/' || found[2])
        from regexp_matches(content::text, ${SHOWN}, 'g') found) as shown,
      (select array_agg(distinct source #>> '{}') from (
        select jsonb_path_query(content, '$.meta.sources[*]') as source
        union all
        select jsonb_path_query(content, '$.sections[*].meta.sources[*]')) named) as sources
    from text`);
  return joinParts(rows.map((row) => ({ ...row, shown: row.shown ?? [], sources: row.sources ?? [] })));
}

/** The parts of a draft as one. */
function joinParts(rows: readonly (Omit<FactUseRow, 'title'> & { title: string | null })[]): FactUseRow[] {
  const joined = new Map<string, FactUseRow>();
  for (const { slug, title, isDraft, shown, sources } of rows) {
    const key = `${isDraft} ${slug}`;
    const before = joined.get(key) ?? { slug, title: '', isDraft, shown: [], sources: [] };
    joined.set(key, {
      ...before,
      title: title?.trim() || before.title,
      shown: [...new Set([...before.shown, ...shown])],
      sources: [...new Set([...before.sources, ...sources])],
    });
  }
  return [...joined.values()]
    .map((row) => ({ ...row, title: row.title || row.slug }))
    .toSorted((a, b) => (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : Number(a.isDraft) - Number(b.isDraft)));
}

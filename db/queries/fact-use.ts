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

/** Every node that shows a fact, wherever in the document it stands. */
const SHOWN = sql.raw(
  `'strict $.** ? (@.type() == "object" && (@.type == "law" || @.type == "contact" || @.type == "figure"))'`,
);
const SOURCES = sql.raw(`'strict $.** ? (@.type() == "object" && exists(@.sources)).sources'`);

/** What each module shows of the facts, by the current release and by every open draft. */
export async function listFactUses(db: Executor): Promise<FactUseRow[]> {
  const rows = await db.execute<{
    slug: string;
    title: string | null;
    isDraft: boolean;
    shown: string[] | null;
    sources: string[] | null;
  }>(sql`
    with page as (
      select v.module_slug as slug, v.title, false as "isDraft", v.document as content
      from current_version c join module_version v on v.id = c.module_version_id
      where v.document is not null
      union all
      select d.subject, (select m.content -> 'meta' ->> 'title' from draft_part m
        where m.draft_id = d.id and m.part = 'modul'), true, p.content
      from draft d join draft_part p on p.draft_id = d.id
      where d.closed_at is null and d.subject <> 'fakta'
        and (p.part = 'modul' or starts_with(p.part, 'avsnitt/'))
    )
    select slug, max(title) as title, "isDraft",
      array_agg(distinct shown.ref) filter (where shown.ref is not null) as shown,
      array_agg(distinct source.id) filter (where source.id is not null) as sources
    from page
    left join lateral (
      select (node ->> 'type') || '/' || (node -> 'attrs' ->> 'id') as ref, null::text as id
      from jsonb_path_query(content, ${SHOWN}, '{}', true) node) shown on true
    left join lateral (
      select id from jsonb_path_query(content, ${SOURCES}, '{}', true) list,
        jsonb_array_elements_text(list) as source (id)) source on true
    group by slug, "isDraft"
    order by slug, "isDraft"`);
  return rows.map(({ shown, sources, title, ...row }) => ({
    ...row,
    title: title?.trim() || row.slug,
    shown: shown ?? [],
    sources: sources ?? [],
  }));
}

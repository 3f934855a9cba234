import { sql } from 'drizzle-orm';

/** The name of a person as others may see it, by the alias of her row: null when her identity is protected. */
export const shownName = (alias: string) =>
  sql<string | null>`${sql.raw(`case when ${alias}.is_protected then null else ${alias}.name end`)}`;

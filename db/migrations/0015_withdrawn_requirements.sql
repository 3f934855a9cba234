ALTER TABLE "version_requirement" DROP CONSTRAINT "version_requirement_module_version_id_unique";--> statement-breakpoint
ALTER TABLE "version_requirement" ADD COLUMN "repeat" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "release_module_version_idx" ON "release_module" USING btree ("module_version_id","release_id");--> statement-breakpoint
ALTER TABLE "version_requirement" ADD CONSTRAINT "version_requirement_once" UNIQUE("module_version_id","repeat");--> statement-breakpoint
-- What new requirements ask: completions of `module_slug` older than `version` count to `older_count_until`,
-- on the days before `withdrawn_on`. A requirement on a part is one on the course too: from the version of
-- the course in the first release with the part's; before there is one, from the first published since.
CREATE VIEW version_demand AS
  SELECT q.id AS requirement_id, n.module_slug, n.version, q.older_count_until, w.withdrawn_on,
    n.published_at, NULL::text AS part_slug, NULL::integer AS part_version
  FROM version_requirement q
  JOIN module_version n ON n.id = q.module_version_id
  LEFT JOIN version_requirement_withdrawal w ON w.version_requirement_id = q.id
  UNION ALL
  SELECT q.id, c.slug, coalesce(
      (SELECT v.version FROM release_module p
       JOIN release_module r ON r.release_id = p.release_id AND r.module_slug = c.slug
       JOIN module_version v ON v.id = r.module_version_id
       WHERE p.module_version_id = n.id ORDER BY p.release_id LIMIT 1),
      (SELECT min(v.version) FROM module_version v
       WHERE v.module_slug = c.slug AND v.published_at >= n.published_at),
      2147483647),
    q.older_count_until, w.withdrawn_on, n.published_at, n.module_slug, n.version
  FROM version_requirement q
  JOIN module_version n ON n.id = q.module_version_id
  JOIN module m ON m.slug = n.module_slug AND m.kind = 'part'
  JOIN module c ON c.kind = 'course'
  LEFT JOIN version_requirement_withdrawal w ON w.version_requirement_id = q.id;
--> statement-breakpoint
CREATE FUNCTION mark_withdrawals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO indicator_change (since) SELECT DISTINCT month_of(withdrawn_on) FROM added;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER version_requirement_withdrawal_is_marked AFTER INSERT ON "version_requirement_withdrawal"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION mark_withdrawals();
--> statement-breakpoint
ALTER TABLE "version_requirement_withdrawal" ENABLE ALWAYS TRIGGER version_requirement_withdrawal_is_marked;
--> statement-breakpoint
CREATE TRIGGER version_requirement_withdrawal_emptied_is_marked AFTER TRUNCATE ON "version_requirement_withdrawal"
  FOR EACH STATEMENT EXECUTE FUNCTION mark_all_days();
--> statement-breakpoint
ALTER TABLE "version_requirement_withdrawal" ENABLE ALWAYS TRIGGER version_requirement_withdrawal_emptied_is_marked;

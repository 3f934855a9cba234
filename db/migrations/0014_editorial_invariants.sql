CREATE VIEW current_version AS
  SELECT m.slug AS module_slug, coalesce(
    (SELECT r.module_version_id FROM release_module r
     WHERE r.module_slug = m.slug AND r.release_id = (SELECT max(id) FROM release)),
    (SELECT v.id FROM module_version v WHERE v.module_slug = m.slug
       AND NOT EXISTS (SELECT FROM release_module r WHERE r.module_slug = m.slug)
     ORDER BY v.version DESC LIMIT 1)) AS module_version_id
  FROM module m;
--> statement-breakpoint
DO $$
DECLARE fact text;
BEGIN
  FOREACH fact IN ARRAY ARRAY['version_requirement_withdrawal', 'facts_version', 'release', 'release_module']
  LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', fact || '_is_append_only', fact);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', fact, fact || '_is_append_only');
  END LOOP;
END $$;

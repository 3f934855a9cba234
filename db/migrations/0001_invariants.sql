-- What drizzle's schema cannot say: no overlapping periods, and facts that only grow.
CREATE EXTENSION IF NOT EXISTS btree_gist;
--> statement-breakpoint
ALTER TABLE "employment" ADD CONSTRAINT "employment_never_overlaps"
  EXCLUDE USING gist ("person_id" WITH =, "unit_id" WITH =, "valid" WITH &&);
--> statement-breakpoint
ALTER TABLE "unit_period" ADD CONSTRAINT "unit_period_never_overlaps"
  EXCLUDE USING gist ("unit_id" WITH =, "valid" WITH &&);
--> statement-breakpoint
ALTER TABLE "requirement" ADD CONSTRAINT "requirement_never_overlaps"
  EXCLUDE USING gist ("module_slug" WITH =, "valid" WITH &&);
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'table % is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
DO $$
DECLARE fact text;
BEGIN
  FOREACH fact IN ARRAY ARRAY['attempt', 'completion', 'completion_correction', 'module_version',
                              'employment_change', 'list_look', 'list_look_person']
  LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', fact || '_is_append_only', fact);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', fact, fact || '_is_append_only');
  END LOOP;
END $$;
--> statement-breakpoint
CREATE FUNCTION record_employment_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO employment_change (employment_id, before, after)
  VALUES (OLD.id, to_jsonb(OLD), CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(NEW) END);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER employment_changes_are_recorded AFTER UPDATE OR DELETE ON "employment"
  FOR EACH ROW EXECUTE FUNCTION record_employment_change();

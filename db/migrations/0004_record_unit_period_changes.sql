-- Corrections of the tree stay explainable, as those of employments do.
CREATE FUNCTION record_unit_period_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO unit_period_change (unit_period_id, before, after)
  VALUES (OLD.id, to_jsonb(OLD), CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(NEW) END);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER unit_period_changes_are_recorded AFTER UPDATE OR DELETE ON "unit_period"
  FOR EACH ROW EXECUTE FUNCTION record_unit_period_change();
--> statement-breakpoint
CREATE TRIGGER unit_period_change_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "unit_period_change"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
ALTER TABLE "unit_period_change" ENABLE ALWAYS TRIGGER unit_period_change_is_append_only;

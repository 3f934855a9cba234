-- Several rules may ask for the same course: of different people, or with different validity.
ALTER TABLE "requirement" DROP CONSTRAINT "requirement_never_overlaps";
--> statement-breakpoint
DO $$
DECLARE fact text;
BEGIN
  FOREACH fact IN ARRAY ARRAY['version_requirement', 'rule_change', 'fixed_year', 'fixed_figure',
                              'attendance', 'notification_try']
  LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', fact || '_is_append_only', fact);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', fact, fact || '_is_append_only');
  END LOOP;
END $$;
--> statement-breakpoint
-- The setting is made by the transaction of the person who changes a rule, and ends with it.
CREATE FUNCTION record_rule_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO rule_change (table_name, row_id, changed_by, before, after)
  VALUES (TG_TABLE_NAME, OLD.id, nullif(current_setting('trygg_grund.person_id', true), '')::uuid,
          to_jsonb(OLD), CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(NEW) END);
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE rule text;
BEGIN
  FOREACH rule IN ARRAY ARRAY['requirement', 'waiver', 'target', 'unit_deputy']
  LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER UPDATE OR DELETE ON %I
                    FOR EACH ROW EXECUTE FUNCTION record_rule_change()', rule || '_changes_are_recorded', rule);
  END LOOP;
END $$;

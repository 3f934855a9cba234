CREATE TABLE "indicator_change" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "indicator_change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"since" date NOT NULL,
	"mark" numeric DEFAULT 1 + floor(random() * 9007199254740992::float8)::numeric NOT NULL
);

--> statement-breakpoint
CREATE FUNCTION month_of(day date) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN date_trunc('month', day::timestamp)::date;
--> statement-breakpoint
-- Each function says from which month on a change of its table can show in the indicator.
CREATE FUNCTION mark_completions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO indicator_change (since) SELECT DISTINCT month_of(completed_on) FROM added;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION mark_corrections() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO indicator_change (since)
  SELECT DISTINCT month_of(c.completed_on) FROM added a JOIN completion c ON c.id = a.completion_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION mark_new_employments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO indicator_change (since) SELECT DISTINCT month_of(lower(valid)) FROM added;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION mark_old_employments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO indicator_change (since) SELECT DISTINCT month_of(lower(valid)) FROM removed;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- An employment that only ends on another day was the same before the earlier of the two.
CREATE FUNCTION mark_changed_employments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO indicator_change (since)
  SELECT DISTINCT month_of(CASE
    WHEN ROW(r.person_id, r.unit_id, r.title, r.is_manager, lower(r.valid))
       = ROW(a.person_id, a.unit_id, a.title, a.is_manager, lower(a.valid))
    THEN coalesce(least(upper(r.valid), upper(a.valid)), lower(a.valid))
    ELSE least(lower(r.valid), lower(a.valid)) END)
  FROM removed r JOIN added a USING (id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION mark_all_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO indicator_change (since) VALUES ('-infinity');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER completion_is_marked AFTER INSERT ON "completion"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION mark_completions();
--> statement-breakpoint
CREATE TRIGGER completion_correction_is_marked AFTER INSERT ON "completion_correction"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION mark_corrections();
--> statement-breakpoint
CREATE TRIGGER employment_is_marked AFTER INSERT ON "employment"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION mark_new_employments();
--> statement-breakpoint
CREATE TRIGGER employment_end_is_marked AFTER DELETE ON "employment"
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION mark_old_employments();
--> statement-breakpoint
CREATE TRIGGER employment_change_is_marked AFTER UPDATE ON "employment"
  REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION mark_changed_employments();
--> statement-breakpoint
-- Small tables that change seldom, and whatever empties a large one past its guard: on any day.
DO $$
DECLARE changed text;
BEGIN
  FOREACH changed IN ARRAY ARRAY['unit', 'unit_period', 'requirement', 'version_requirement', 'target']
  LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
                    FOR EACH STATEMENT EXECUTE FUNCTION mark_all_days()', changed || '_is_marked', changed);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', changed, changed || '_is_marked');
  END LOOP;
  FOREACH changed IN ARRAY ARRAY['completion', 'completion_correction', 'employment']
  LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER TRUNCATE ON %I
                    FOR EACH STATEMENT EXECUTE FUNCTION mark_all_days()', changed || '_emptied_is_marked', changed);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', changed, changed || '_emptied_is_marked');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', changed, changed || '_is_marked');
  END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE "employment" ENABLE ALWAYS TRIGGER employment_end_is_marked;
--> statement-breakpoint
ALTER TABLE "employment" ENABLE ALWAYS TRIGGER employment_change_is_marked;

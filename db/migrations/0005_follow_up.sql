CREATE TYPE "public"."requirement_audience" AS ENUM('all', 'managers', 'titles');--> statement-breakpoint
CREATE TYPE "public"."notification_kind" AS ENUM('invitation', 'due', 'expiry', 'reminder', 'digest', 'event');--> statement-breakpoint
CREATE TYPE "public"."notification_status" AS ENUM('queued', 'sent', 'failed', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."assessment_moment" AS ENUM('before', 'after');--> statement-breakpoint
CREATE TYPE "public"."assessment_question" AS ENUM('recognise', 'ask', 'act');--> statement-breakpoint
CREATE TABLE "rule_change" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rule_change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"table_name" text NOT NULL,
	"row_id" bigint NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_by" uuid,
	"before" jsonb NOT NULL,
	"after" jsonb
);
--> statement-breakpoint
CREATE TABLE "version_requirement" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "version_requirement_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"module_version_id" integer NOT NULL,
	"older_count_until" date NOT NULL,
	"reason" text NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "version_requirement_module_version_id_unique" UNIQUE("module_version_id")
);
--> statement-breakpoint
CREATE TABLE "waiver" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "waiver_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"person_id" uuid NOT NULL,
	"module_slug" text NOT NULL,
	"valid" daterange NOT NULL,
	"reason" text NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "waiver_valid_bounded" CHECK (not isempty("waiver"."valid") and not lower_inf("waiver"."valid") and not upper_inf("waiver"."valid"))
);
--> statement-breakpoint
CREATE TABLE "fixed_figure" (
	"fixed_year_id" integer NOT NULL,
	"position" integer NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"kind" "unit_kind" NOT NULL,
	"parent_code" text,
	"depth" integer NOT NULL,
	"target" numeric(4, 1),
	"employed" integer NOT NULL,
	"completed" integer NOT NULL,
	"direct_employed" integer NOT NULL,
	"direct_completed" integer NOT NULL,
	CONSTRAINT "fixed_figure_fixed_year_id_code_pk" PRIMARY KEY("fixed_year_id","code"),
	CONSTRAINT "fixed_figure_position" UNIQUE("fixed_year_id","position")
);
--> statement-breakpoint
CREATE TABLE "fixed_year" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "fixed_year_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"year" integer NOT NULL,
	"revision" integer NOT NULL,
	"as_of" date NOT NULL,
	"reason" text,
	"definition" jsonb NOT NULL,
	"facts_fingerprint" text NOT NULL,
	"fixed_by" uuid,
	"fixed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "fixed_year_revision" UNIQUE("year","revision")
);
--> statement-breakpoint
CREATE TABLE "attendance" (
	"completion_id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "group_meeting" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"code" text NOT NULL,
	"module_slug" text NOT NULL,
	"leader_id" uuid NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"step" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "group_meeting_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "group_participant" (
	"meeting_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"joined_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "group_participant_meeting_id_person_id_pk" PRIMARY KEY("meeting_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "session_event" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"module_slug" text NOT NULL,
	"title" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"place" text,
	"link" text,
	"places" integer,
	"audience" text,
	"note" text,
	"teacher" text,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"cancelled_at" timestamp with time zone,
	"cancel_reason" text,
	CONSTRAINT "session_event_ends_after_start" CHECK ("session_event"."ends_at" > "session_event"."starts_at"),
	CONSTRAINT "session_event_places_positive" CHECK ("session_event"."places" > 0),
	CONSTRAINT "session_event_has_place" CHECK ("session_event"."place" is not null or "session_event"."link" is not null)
);
--> statement-breakpoint
CREATE TABLE "session_signup" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"event_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"signed_up_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "notification" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" "notification_kind" NOT NULL,
	"person_id" uuid NOT NULL,
	"key" text NOT NULL,
	"subject" text NOT NULL,
	"text" text,
	"html" text,
	"status" "notification_status" DEFAULT 'queued' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"message_id" text NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "notification_key_unique" UNIQUE("key"),
	CONSTRAINT "notification_message_id_unique" UNIQUE("message_id"),
	CONSTRAINT "notification_settled_when_done" CHECK (("notification"."settled_at" is null) = ("notification"."status" = 'queued'))
);
--> statement-breakpoint
CREATE TABLE "notification_switch" (
	"kind" "notification_kind" PRIMARY KEY NOT NULL,
	"is_on" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notification_try" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notification_try_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"notification_id" uuid NOT NULL,
	"tried_at" timestamp with time zone DEFAULT now() NOT NULL,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "quiet_period" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "quiet_period_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"valid" daterange NOT NULL,
	"note" text,
	CONSTRAINT "quiet_period_bounded" CHECK (not isempty("quiet_period"."valid") and not lower_inf("quiet_period"."valid") and not upper_inf("quiet_period"."valid"))
);
--> statement-breakpoint
CREATE TABLE "assessment_asked" (
	"person_id" uuid NOT NULL,
	"moment" "assessment_moment" NOT NULL,
	CONSTRAINT "assessment_asked_person_id_moment_pk" PRIMARY KEY("person_id","moment")
);
--> statement-breakpoint
CREATE TABLE "assessment_count" (
	"department_id" integer NOT NULL,
	"year" integer NOT NULL,
	"moment" "assessment_moment" NOT NULL,
	"question" "assessment_question" NOT NULL,
	"answer" integer NOT NULL,
	"waiting" integer DEFAULT 0 NOT NULL,
	"shown" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "assessment_count_department_id_year_moment_question_answer_pk" PRIMARY KEY("department_id","year","moment","question","answer"),
	CONSTRAINT "assessment_answer_in_range" CHECK ("assessment_count"."answer" between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "unit_deputy" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "unit_deputy_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"unit_id" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"valid" daterange NOT NULL,
	"named_by" uuid NOT NULL,
	"named_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "unit_deputy_bounded" CHECK (not isempty("unit_deputy"."valid") and not lower_inf("unit_deputy"."valid") and not upper_inf("unit_deputy"."valid"))
);
--> statement-breakpoint
DROP INDEX "completion_once_per_version";--> statement-breakpoint
DROP INDEX "completion_once_per_import";--> statement-breakpoint
ALTER TABLE "completion" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "completion" ADD COLUMN "recorded_by" uuid;--> statement-breakpoint
ALTER TABLE "completion" ADD COLUMN "occasion" text;--> statement-breakpoint
ALTER TABLE "completion" ADD COLUMN "repeat" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "requirement" ADD COLUMN "unit_id" integer;--> statement-breakpoint
ALTER TABLE "requirement" ADD COLUMN "audience" "requirement_audience" DEFAULT 'all' NOT NULL;--> statement-breakpoint
ALTER TABLE "requirement" ADD COLUMN "titles" text[];--> statement-breakpoint
ALTER TABLE "requirement" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "requirement" ADD COLUMN "recorded_by" uuid;--> statement-breakpoint
ALTER TABLE "requirement" ADD COLUMN "recorded_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "target" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "target" ADD COLUMN "responsible" text;--> statement-breakpoint
ALTER TABLE "target" ADD COLUMN "recorded_by" uuid;--> statement-breakpoint
ALTER TABLE "target" ADD COLUMN "recorded_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "version_requirement" ADD CONSTRAINT "version_requirement_module_version_id_module_version_id_fk" FOREIGN KEY ("module_version_id") REFERENCES "public"."module_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_requirement" ADD CONSTRAINT "version_requirement_recorded_by_person_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiver" ADD CONSTRAINT "waiver_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiver" ADD CONSTRAINT "waiver_module_slug_module_slug_fk" FOREIGN KEY ("module_slug") REFERENCES "public"."module"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiver" ADD CONSTRAINT "waiver_recorded_by_person_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fixed_figure" ADD CONSTRAINT "fixed_figure_fixed_year_id_fixed_year_id_fk" FOREIGN KEY ("fixed_year_id") REFERENCES "public"."fixed_year"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fixed_year" ADD CONSTRAINT "fixed_year_fixed_by_person_id_fk" FOREIGN KEY ("fixed_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_completion_id_completion_id_fk" FOREIGN KEY ("completion_id") REFERENCES "public"."completion"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_event_id_session_event_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."session_event"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_meeting" ADD CONSTRAINT "group_meeting_module_slug_module_slug_fk" FOREIGN KEY ("module_slug") REFERENCES "public"."module"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_meeting" ADD CONSTRAINT "group_meeting_leader_id_person_id_fk" FOREIGN KEY ("leader_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_participant" ADD CONSTRAINT "group_participant_meeting_id_group_meeting_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."group_meeting"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_participant" ADD CONSTRAINT "group_participant_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_event" ADD CONSTRAINT "session_event_module_slug_module_slug_fk" FOREIGN KEY ("module_slug") REFERENCES "public"."module"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_event" ADD CONSTRAINT "session_event_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_signup" ADD CONSTRAINT "session_signup_event_id_session_event_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."session_event"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_signup" ADD CONSTRAINT "session_signup_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification" ADD CONSTRAINT "notification_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_try" ADD CONSTRAINT "notification_try_notification_id_notification_id_fk" FOREIGN KEY ("notification_id") REFERENCES "public"."notification"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_asked" ADD CONSTRAINT "assessment_asked_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_count" ADD CONSTRAINT "assessment_count_department_id_unit_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_deputy" ADD CONSTRAINT "unit_deputy_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_deputy" ADD CONSTRAINT "unit_deputy_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_deputy" ADD CONSTRAINT "unit_deputy_named_by_person_id_fk" FOREIGN KEY ("named_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "waiver_person_idx" ON "waiver" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "attendance_event_idx" ON "attendance" USING btree ("event_id","person_id");--> statement-breakpoint
CREATE INDEX "group_meeting_leader_idx" ON "group_meeting" USING btree ("leader_id");--> statement-breakpoint
CREATE INDEX "session_event_starts_idx" ON "session_event" USING btree ("starts_at");--> statement-breakpoint
CREATE UNIQUE INDEX "session_signup_once" ON "session_signup" USING btree ("event_id","person_id") WHERE "session_signup"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "session_signup_person_idx" ON "session_signup" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "notification_queue_idx" ON "notification" USING btree ("due_at") WHERE "notification"."status" = 'queued';--> statement-breakpoint
CREATE INDEX "notification_person_idx" ON "notification" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "notification_created_idx" ON "notification" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "notification_try_idx" ON "notification_try" USING btree ("notification_id");--> statement-breakpoint
CREATE INDEX "unit_deputy_person_idx" ON "unit_deputy" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "unit_deputy_unit_idx" ON "unit_deputy" USING btree ("unit_id");--> statement-breakpoint
ALTER TABLE "completion" ADD CONSTRAINT "completion_recorded_by_person_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requirement" ADD CONSTRAINT "requirement_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requirement" ADD CONSTRAINT "requirement_recorded_by_person_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "target" ADD CONSTRAINT "target_recorded_by_person_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "completion_once_per_occasion" ON "completion" USING btree ("person_id","module_slug","occasion","repeat") WHERE "completion"."method" = 'session';--> statement-breakpoint
CREATE UNIQUE INDEX "completion_once_per_version" ON "completion" USING btree ("person_id","module_version_id","repeat") WHERE "completion"."method" = 'online';--> statement-breakpoint
CREATE UNIQUE INDEX "completion_once_per_import" ON "completion" USING btree ("person_id","module_slug","completed_on","repeat") WHERE "completion"."method" = 'import';--> statement-breakpoint
ALTER TABLE "completion" ADD CONSTRAINT "completion_session_has_occasion" CHECK ("completion"."method" <> 'session' or "completion"."occasion" is not null);--> statement-breakpoint
ALTER TABLE "completion" ADD CONSTRAINT "completion_repeat_not_negative" CHECK ("completion"."repeat" >= 0);--> statement-breakpoint
ALTER TABLE "requirement" ADD CONSTRAINT "requirement_titles_when_audience" CHECK (("requirement"."audience" = 'titles') = (coalesce(cardinality("requirement"."titles"), 0) > 0));--> statement-breakpoint
ALTER TABLE "requirement" ADD CONSTRAINT "requirement_validity_positive" CHECK ("requirement"."validity_months" > 0);--> statement-breakpoint
ALTER TABLE "requirement" ADD CONSTRAINT "requirement_valid_not_empty" CHECK (not isempty("requirement"."valid"));
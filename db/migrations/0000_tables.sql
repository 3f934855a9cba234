CREATE TYPE "public"."unit_kind" AS ENUM('municipality', 'department', 'division', 'team');--> statement-breakpoint
CREATE TYPE "public"."completion_method" AS ENUM('online', 'session', 'import');--> statement-breakpoint
CREATE TYPE "public"."module_kind" AS ENUM('course', 'part', 'fordjupning');--> statement-breakpoint
CREATE TYPE "public"."account_role" AS ENUM('medarbetare', 'samordnare', 'redaktor', 'admin');--> statement-breakpoint
CREATE TABLE "employment" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "employment_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" uuid NOT NULL,
	"unit_id" integer NOT NULL,
	"title" text NOT NULL,
	"is_manager" boolean DEFAULT false NOT NULL,
	"valid" daterange NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "employment_valid_bounded_below" CHECK (not isempty("employment"."valid") and not lower_inf("employment"."valid"))
);
--> statement-breakpoint
CREATE TABLE "employment_change" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "employment_change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"employment_id" bigint NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb
);
--> statement-breakpoint
CREATE TABLE "import_batch" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "import_batch_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"file_name" text NOT NULL,
	"file_sha256" text NOT NULL,
	"as_of" text,
	"rows" integer NOT NULL,
	"summary" jsonb NOT NULL,
	"imported_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"employee_number" text,
	"name" text NOT NULL,
	"email" text,
	"is_protected" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "person_employee_number_unique" UNIQUE("employee_number")
);
--> statement-breakpoint
CREATE TABLE "unit" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "unit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"code" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "unit_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "unit_period" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "unit_period_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"unit_id" integer NOT NULL,
	"parent_id" integer,
	"kind" "unit_kind" NOT NULL,
	"name" text NOT NULL,
	"valid" daterange NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "unit_period_root_is_municipality" CHECK (("unit_period"."parent_id" is null) = ("unit_period"."kind" = 'municipality')),
	CONSTRAINT "unit_period_not_own_parent" CHECK ("unit_period"."parent_id" <> "unit_period"."unit_id"),
	CONSTRAINT "unit_period_valid_not_empty" CHECK (not isempty("unit_period"."valid"))
);
--> statement-breakpoint
CREATE TABLE "attempt" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"module_version_id" integer NOT NULL,
	"answers" jsonb NOT NULL,
	"answers_hash" "bytea" NOT NULL,
	"correct" integer NOT NULL,
	"questions" integer NOT NULL,
	"passed" boolean NOT NULL,
	"submitted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "attempt_score_in_range" CHECK ("attempt"."correct" between 0 and "attempt"."questions")
);
--> statement-breakpoint
CREATE TABLE "certificate" (
	"code" text PRIMARY KEY NOT NULL,
	"completion_id" uuid NOT NULL,
	"issued_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "certificate_completion_id_unique" UNIQUE("completion_id")
);
--> statement-breakpoint
CREATE TABLE "completion" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"module_slug" text NOT NULL,
	"module_version_id" integer,
	"method" "completion_method" NOT NULL,
	"rule" text NOT NULL,
	"completed_at" timestamp with time zone NOT NULL,
	"completed_on" date NOT NULL,
	"attempt_id" uuid,
	"import_id" integer,
	"source" text,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "completion_day_is_stockholm" CHECK ("completion"."completed_on" = ("completion"."completed_at" at time zone 'Europe/Stockholm')::date),
	CONSTRAINT "completion_online_has_version" CHECK ("completion"."method" <> 'online' or "completion"."module_version_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "completion_correction" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "completion_correction_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"completion_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "completion_correction_completion_id_unique" UNIQUE("completion_id")
);
--> statement-breakpoint
CREATE TABLE "module" (
	"slug" text PRIMARY KEY NOT NULL,
	"kind" "module_kind" NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "module_version" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "module_version_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"module_slug" text NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"content_hash" text NOT NULL,
	"quiz" jsonb,
	"sections" jsonb NOT NULL,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "module_version_number" UNIQUE("module_slug","version")
);
--> statement-breakpoint
CREATE TABLE "requirement" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "requirement_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"module_slug" text NOT NULL,
	"valid" daterange NOT NULL,
	"validity_months" integer
);
--> statement-breakpoint
CREATE TABLE "target" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "target_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"unit_id" integer NOT NULL,
	"year" integer NOT NULL,
	"percent" numeric(4, 1) NOT NULL,
	CONSTRAINT "target_once_per_year" UNIQUE("unit_id","year"),
	CONSTRAINT "target_percent_in_range" CHECK ("target"."percent" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "account" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" "account_role" DEFAULT 'medarbetare' NOT NULL,
	"password_hash" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_person_id_unique" UNIQUE("person_id")
);
--> statement-breakpoint
CREATE TABLE "list_look" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "list_look_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"viewer_id" uuid NOT NULL,
	"unit_id" integer NOT NULL,
	"looked_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "list_look_person" (
	"look_id" bigint NOT NULL,
	"person_id" uuid NOT NULL,
	CONSTRAINT "list_look_person_look_id_person_id_pk" PRIMARY KEY("look_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "pending_submission" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"submission_id" uuid NOT NULL,
	"module_slug" text NOT NULL,
	"module_version_id" integer NOT NULL,
	"answers" jsonb NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"key" text PRIMARY KEY NOT NULL,
	"tokens" double precision NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"account_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "employment" ADD CONSTRAINT "employment_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "employment" ADD CONSTRAINT "employment_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_period" ADD CONSTRAINT "unit_period_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_period" ADD CONSTRAINT "unit_period_parent_id_unit_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_module_version_id_module_version_id_fk" FOREIGN KEY ("module_version_id") REFERENCES "public"."module_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_completion_id_completion_id_fk" FOREIGN KEY ("completion_id") REFERENCES "public"."completion"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completion" ADD CONSTRAINT "completion_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completion" ADD CONSTRAINT "completion_module_slug_module_slug_fk" FOREIGN KEY ("module_slug") REFERENCES "public"."module"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completion" ADD CONSTRAINT "completion_module_version_id_module_version_id_fk" FOREIGN KEY ("module_version_id") REFERENCES "public"."module_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completion" ADD CONSTRAINT "completion_attempt_id_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completion" ADD CONSTRAINT "completion_import_id_import_batch_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."import_batch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completion_correction" ADD CONSTRAINT "completion_correction_completion_id_completion_id_fk" FOREIGN KEY ("completion_id") REFERENCES "public"."completion"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completion_correction" ADD CONSTRAINT "completion_correction_recorded_by_person_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "module_version" ADD CONSTRAINT "module_version_module_slug_module_slug_fk" FOREIGN KEY ("module_slug") REFERENCES "public"."module"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requirement" ADD CONSTRAINT "requirement_module_slug_module_slug_fk" FOREIGN KEY ("module_slug") REFERENCES "public"."module"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "target" ADD CONSTRAINT "target_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_look" ADD CONSTRAINT "list_look_viewer_id_person_id_fk" FOREIGN KEY ("viewer_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_look" ADD CONSTRAINT "list_look_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_look_person" ADD CONSTRAINT "list_look_person_look_id_list_look_id_fk" FOREIGN KEY ("look_id") REFERENCES "public"."list_look"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_look_person" ADD CONSTRAINT "list_look_person_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "employment_unit_idx" ON "employment" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "employment_manager_idx" ON "employment" USING btree ("person_id") WHERE "employment"."is_manager";--> statement-breakpoint
CREATE INDEX "unit_period_parent_idx" ON "unit_period" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "attempt_person_idx" ON "attempt" USING btree ("person_id","module_version_id");--> statement-breakpoint
CREATE UNIQUE INDEX "completion_once_per_version" ON "completion" USING btree ("person_id","module_version_id") WHERE "completion"."method" = 'online';--> statement-breakpoint
CREATE UNIQUE INDEX "completion_once_per_import" ON "completion" USING btree ("person_id","module_slug","completed_on") WHERE "completion"."method" = 'import';--> statement-breakpoint
CREATE INDEX "completion_module_idx" ON "completion" USING btree ("module_slug","completed_on","person_id");--> statement-breakpoint
CREATE INDEX "completion_person_idx" ON "completion" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "account_email_once" ON "account" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "list_look_person_idx" ON "list_look_person" USING btree ("person_id","look_id");--> statement-breakpoint
CREATE INDEX "pending_submission_expires_idx" ON "pending_submission" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "session_account_idx" ON "session" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "session_expires_idx" ON "session" USING btree ("expires_at");
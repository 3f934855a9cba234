CREATE TYPE "public"."change_kind" AS ENUM('minor', 'refresh', 'requirement');--> statement-breakpoint
CREATE TYPE "public"."draft_state" AS ENUM('writing', 'review', 'approved', 'published', 'discarded');--> statement-breakpoint
CREATE TYPE "public"."publication_state" AS ENUM('waiting', 'building', 'published', 'failed', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."revision_cause" AS ENUM('start', 'edit', 'restore', 'import', 'remove', 'kept');--> statement-breakpoint
CREATE TABLE "version_requirement_withdrawal" (
	"version_requirement_id" integer PRIMARY KEY NOT NULL,
	"withdrawn_on" date NOT NULL,
	"reason" text NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "facts_version" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "facts_version_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"content_hash" text NOT NULL,
	"facts" jsonb NOT NULL,
	"origin" text NOT NULL,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "release" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "release_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"facts_version_id" integer NOT NULL,
	"content_hash" text NOT NULL,
	"publication_id" integer,
	"restored_from" integer,
	"reason" text,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "release_module" (
	"release_id" integer NOT NULL,
	"module_slug" text NOT NULL,
	"module_version_id" integer NOT NULL,
	CONSTRAINT "release_module_release_id_module_slug_pk" PRIMARY KEY("release_id","module_slug")
);
--> statement-breakpoint
CREATE TABLE "site_blob" (
	"sha256" "bytea" PRIMARY KEY NOT NULL,
	"bytes" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "site_build" (
	"content_hash" text NOT NULL,
	"software" text NOT NULL,
	"built_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "site_build_content_hash_software_pk" PRIMARY KEY("content_hash","software")
);
--> statement-breakpoint
CREATE TABLE "site_build_file" (
	"content_hash" text NOT NULL,
	"software" text NOT NULL,
	"path" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	CONSTRAINT "site_build_file_content_hash_software_path_pk" PRIMARY KEY("content_hash","software","path")
);
--> statement-breakpoint
CREATE TABLE "draft" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "draft_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"subject" text NOT NULL,
	"state" "draft_state" DEFAULT 'writing' NOT NULL,
	"base_version_id" integer,
	"base_facts_id" integer,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "draft_closed_at_its_end" CHECK (("draft"."closed_at" is null) = ("draft"."state" in ('writing', 'review', 'approved')))
);
--> statement-breakpoint
CREATE TABLE "draft_part" (
	"draft_id" integer NOT NULL,
	"part" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"content" jsonb NOT NULL,
	"revision" integer NOT NULL,
	"held_by" uuid,
	"held_until" timestamp with time zone,
	CONSTRAINT "draft_part_draft_id_part_pk" PRIMARY KEY("draft_id","part")
);
--> statement-breakpoint
CREATE TABLE "draft_revision" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "draft_revision_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"draft_id" integer NOT NULL,
	"part" text NOT NULL,
	"number" integer NOT NULL,
	"content" jsonb,
	"cause" "revision_cause" NOT NULL,
	"saved_by" uuid,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "draft_revision_number" UNIQUE("draft_id","part","number")
);
--> statement-breakpoint
CREATE TABLE "picture" (
	"name" text PRIMARY KEY NOT NULL,
	"bytes" "bytea" NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"uploaded_by" uuid,
	"uploaded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "publication" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "publication_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"review_id" integer NOT NULL,
	"subject" text NOT NULL,
	"change" "change_kind" NOT NULL,
	"reason" text NOT NULL,
	"older_count_until" date,
	"requested_by" uuid NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"state" "publication_state" DEFAULT 'waiting' NOT NULL,
	"step" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"failure" text,
	CONSTRAINT "publication_requirement_has_day" CHECK (("publication"."change" = 'requirement') = ("publication"."older_count_until" is not null))
);
--> statement-breakpoint
CREATE TABLE "review" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "review_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"draft_id" integer NOT NULL,
	"document" jsonb NOT NULL,
	"document_hash" text NOT NULL,
	"findings" jsonb NOT NULL,
	"note" text,
	"submitted_by" uuid,
	"submitted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decision" text,
	"comment" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	CONSTRAINT "review_by_two_people" CHECK ("review"."decision" is distinct from 'approved' or "review"."decided_by" <> "review"."submitted_by")
);
--> statement-breakpoint
ALTER TABLE "module_version" ADD COLUMN "document" jsonb;--> statement-breakpoint
ALTER TABLE "module_version" ADD COLUMN "origin" text DEFAULT 'shipped' NOT NULL;--> statement-breakpoint
ALTER TABLE "module_version" ADD COLUMN "publication_id" integer;--> statement-breakpoint
ALTER TABLE "version_requirement_withdrawal" ADD CONSTRAINT "version_requirement_withdrawal_version_requirement_id_version_requirement_id_fk" FOREIGN KEY ("version_requirement_id") REFERENCES "public"."version_requirement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_requirement_withdrawal" ADD CONSTRAINT "version_requirement_withdrawal_recorded_by_person_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release" ADD CONSTRAINT "release_facts_version_id_facts_version_id_fk" FOREIGN KEY ("facts_version_id") REFERENCES "public"."facts_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release" ADD CONSTRAINT "release_restored_from_release_id_fk" FOREIGN KEY ("restored_from") REFERENCES "public"."release"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release" ADD CONSTRAINT "release_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_module" ADD CONSTRAINT "release_module_release_id_release_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."release"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_module" ADD CONSTRAINT "release_module_module_slug_module_slug_fk" FOREIGN KEY ("module_slug") REFERENCES "public"."module"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_module" ADD CONSTRAINT "release_module_module_version_id_module_version_id_fk" FOREIGN KEY ("module_version_id") REFERENCES "public"."module_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_build_file" ADD CONSTRAINT "site_build_file_sha256_site_blob_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "public"."site_blob"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_build_file" ADD CONSTRAINT "site_build_file_of_build" FOREIGN KEY ("content_hash","software") REFERENCES "public"."site_build"("content_hash","software") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_base_version_id_module_version_id_fk" FOREIGN KEY ("base_version_id") REFERENCES "public"."module_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_base_facts_id_facts_version_id_fk" FOREIGN KEY ("base_facts_id") REFERENCES "public"."facts_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_part" ADD CONSTRAINT "draft_part_draft_id_draft_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."draft"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_part" ADD CONSTRAINT "draft_part_held_by_person_id_fk" FOREIGN KEY ("held_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_revision" ADD CONSTRAINT "draft_revision_draft_id_draft_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."draft"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_revision" ADD CONSTRAINT "draft_revision_saved_by_person_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "picture" ADD CONSTRAINT "picture_uploaded_by_person_id_fk" FOREIGN KEY ("uploaded_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication" ADD CONSTRAINT "publication_review_id_review_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."review"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication" ADD CONSTRAINT "publication_requested_by_person_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_draft_id_draft_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."draft"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_submitted_by_person_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_decided_by_person_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "site_build_file_blob_idx" ON "site_build_file" USING btree ("sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "draft_open_once" ON "draft" USING btree ("subject") WHERE "draft"."state" in ('writing', 'review', 'approved');--> statement-breakpoint
CREATE INDEX "publication_due_idx" ON "publication" USING btree ("due_at") WHERE "publication"."state" in ('waiting', 'building');--> statement-breakpoint
CREATE UNIQUE INDEX "publication_open_once" ON "publication" USING btree ("subject") WHERE "publication"."state" in ('waiting', 'building');--> statement-breakpoint
CREATE INDEX "review_draft_idx" ON "review" USING btree ("draft_id");
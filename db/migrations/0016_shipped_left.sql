CREATE TABLE "shipped_left" (
	"subject" text NOT NULL,
	"content_hash" text NOT NULL,
	"left_by" uuid NOT NULL,
	"left_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "shipped_left_subject_content_hash_pk" PRIMARY KEY("subject","content_hash")
);
--> statement-breakpoint
ALTER TABLE "shipped_left" ADD CONSTRAINT "shipped_left_left_by_person_id_fk" FOREIGN KEY ("left_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE TRIGGER shipped_left_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "shipped_left"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
ALTER TABLE "shipped_left" ENABLE ALWAYS TRIGGER shipped_left_is_append_only;

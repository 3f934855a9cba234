ALTER TABLE "list_look" ALTER COLUMN "unit_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "session_event" ADD COLUMN "sequence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "session_event" ADD COLUMN "attendance_code" text NOT NULL;--> statement-breakpoint
ALTER TABLE "list_look" ADD COLUMN "event_id" uuid;--> statement-breakpoint
ALTER TABLE "list_look" ADD CONSTRAINT "list_look_event_id_session_event_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."session_event"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "list_look_event_idx" ON "list_look" USING btree ("event_id","viewer_id");--> statement-breakpoint
ALTER TABLE "list_look" ADD CONSTRAINT "list_look_of_unit_or_event" CHECK (("list_look"."unit_id" is null) <> ("list_look"."event_id" is null));
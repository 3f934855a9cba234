CREATE TABLE "notification_item" (
	"key" text PRIMARY KEY NOT NULL,
	"notification_id" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notification_item" ADD CONSTRAINT "notification_item_notification_id_notification_id_fk" FOREIGN KEY ("notification_id") REFERENCES "public"."notification"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notification_item_idx" ON "notification_item" USING btree ("notification_id");
DROP INDEX "employment_unit_idx";--> statement-breakpoint
DROP INDEX "completion_module_idx";--> statement-breakpoint
DROP INDEX "completion_person_idx";--> statement-breakpoint
CREATE INDEX "employment_unit_idx" ON "employment" USING btree ("unit_id","person_id","valid");--> statement-breakpoint
CREATE INDEX "completion_module_idx" ON "completion" USING btree ("module_slug","completed_on","person_id","module_version_id","id");--> statement-breakpoint
CREATE INDEX "completion_person_idx" ON "completion" USING btree ("person_id","module_slug","completed_on","module_version_id","id");
import type { Moment } from '#db/queries/evaluation.ts';
import type { NextStep } from './completions.ts';

export interface NamedModule {
  slug: string;
  title: string;
}

/** Where a person is in the grundkurs, for what leads her on. */
export interface OwnCourse {
  parts: NamedModule[];
  /** She has completed the grundkurs at some time. */
  hasCourse: boolean;
  next: NextStep;
  /** Code of the newest intyg that counts, or null. */
  certificateCode: string | null;
  /** The self-assessment that can be offered now. */
  assessment: Moment | null;
}

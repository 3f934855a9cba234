/** What a change is to those who have completed the module. */
export const CHANGES = ['minor', 'refresh', 'requirement'] as const;
export type Change = (typeof CHANGES)[number];

/** Months after publication that completions of older versions can go on counting. */
export const MOST_MONTHS = 24;
/** Days ahead that a publication can be set to. */
export const MOST_DAYS_AHEAD = 366;

export type PublicationState = 'waiting' | 'building' | 'published' | 'failed' | 'cancelled';

/** Whether a publication has come to its end. */
export function isOver(state: PublicationState): boolean {
  return state === 'published' || state === 'failed' || state === 'cancelled';
}

/** What is asked for: as the form says it, checked. */
export interface WantedPublication {
  change: Change;
  reason: string;
  /** The last day that completions of older versions count; null unless it is a requirement. */
  until: string | null;
  /** Null: now. */
  dueAt: Date | null;
}

/** The steps of a publication, in order: `step` of one that is being built is one of them. */
export const STEPS = ['check', 'write', 'build', 'inspect', 'store', 'live'] as const;

/** How far each step has come. */
export type StepState = 'done' | 'active' | 'ahead';

/** The steps of a publication with how far each has come. A step that was not needed is done with those after it. */
export function stepsOf(
  state: PublicationState,
  step: string | null,
): { step: (typeof STEPS)[number]; state: StepState }[] {
  const reached = STEPS.findIndex((one) => one === step);
  return STEPS.map((one, index) => {
    if (state === 'published') return { step: one, state: 'done' };
    if (state !== 'building' || reached < 0) return { step: one, state: 'ahead' };
    return { step: one, state: index < reached ? 'done' : index === reached ? 'active' : 'ahead' };
  });
}

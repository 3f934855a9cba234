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

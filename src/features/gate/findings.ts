/** How serious a finding is: an error stops a review, a warning is for the editor to judge. */
export type Severity = 'error' | 'warning';

/** One thing that the gate found in a draft: what it is, where it is, and what to do about it. */
export interface Finding {
  /** The rule that found it, in kebab-case: `link-text`. */
  rule: string;
  severity: Severity;
  /** The part of the draft: `modul`, `avsnitt/<slug>`, `kunskapskontroll`, `samtal`, or `<kind>/<id>` of a fact. */
  part: string;
  /** The index of the top-level block of the part's body. */
  block?: number;
  /** The id of a question of the knowledge check. */
  question?: string;
  /** The name of the field in the part's form; of a block, what of it is meant. */
  field?: string;
  message: string;
  suggestion?: string;
}

/** The rule of a finding that says that the check could not be made, and nothing of the text. */
export const NOT_CHECKED = 'not-checked';

/** What one run of the gate over a draft came to. */
export interface GateReport {
  checkedAt: Date;
  findings: Finding[];
  /** The hash of exactly what was checked: a later edit makes the report one of something else. */
  documentHash: string;
}

/** Whether nothing in the report stops a review. */
export function hasPassed({ findings }: Pick<GateReport, 'findings'>): boolean {
  return findings.every(({ severity }) => severity !== 'error');
}

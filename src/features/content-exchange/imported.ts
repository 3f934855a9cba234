import type { ModuleDocument, Problem } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import type { Finding } from '#src/features/gate/findings.ts';

/** A module or the facts as a folder has them, differing from what readers meet. */
export type Imported = { subject: string } & (
  { kind: 'module'; document: ModuleDocument } | { kind: 'facts'; document: Facts }
);

/** Something that the gate says of an imported file. */
export interface PlacedFinding extends Finding {
  subject: string;
  place: Omit<Problem, 'reason'>;
}

export type ImportOutcome =
  /** `subjects`: what has become drafts. Empty: the folder has what readers meet, or what is drafts already. */
  | { kind: 'imported'; subjects: string[]; unchanged: string[]; warnings: PlacedFinding[] }
  /** The folder cannot be read: everything that is wrong with it. */
  | { kind: 'refused'; problems: Problem[] }
  /** The gate found errors. */
  | { kind: 'stopped'; errors: PlacedFinding[]; warnings: PlacedFinding[] }
  | { kind: 'no-folder' | 'empty' }
  /** There are drafts with other changes, which would be lost. */
  | { kind: 'has-drafts'; subjects: string[] }
  | { kind: 'being-published'; subject: string }
  | { kind: 'too-many' }
  | { kind: 'bad-pictures'; names: string[] };

export interface ImportOptions {
  /** Whose writing it counts as; null: nobody's by name. */
  by: string | null;
  /** Drafts with other changes may be written over; their revisions stay. */
  replace: boolean;
  isDryRun: boolean;
  /** Is told what is checked next: each takes seconds. */
  onCheck?: (subject: string) => void;
}

/** Carries an outcome out of the transaction that is rolled back. */
export class NotImported extends Error {
  readonly outcome: ImportOutcome;

  constructor(outcome: ImportOutcome) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

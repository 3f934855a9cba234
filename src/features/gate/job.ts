import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import type { GateContext } from './context.ts';
import type { Finding } from './findings.ts';

/** What the process that checks is told to do, as JSON can say it. */
export type GateJob = {
  context: Pick<GateContext, 'facts' | 'today' | 'words' | 'linksHere'> & {
    pages: [path: string, anchors: string[] | null][];
    pictures: string[] | null;
  };
} & (
  | { kind: 'module'; document: ModuleDocument; /** The file that renders pages. */ entry: string }
  | { kind: 'facts'; facts: Facts; before: Facts | null; modules: ModuleDocument[] }
);

/** What came of it. */
export type GateOutcome =
  | { kind: 'checked'; findings: Finding[] }
  /** `why` is for those who look after the server. */
  | { kind: 'failed'; cause: 'time' | 'memory' | 'unknown'; why: string };

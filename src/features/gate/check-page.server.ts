import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { readOpenDraft } from '#src/features/editorial/drafts.server.ts';
import { FACTS } from '#src/features/editorial/drafts.ts';
import { gatePage as words } from '#src/i18n/gate-page.ts';
import { getDb } from '#src/lib/database.ts';
import type { GateReport } from './findings.ts';
import { runGate } from './gate.server.ts';
import { groupFindings, type FindingGroup } from './places.ts';

export interface CheckPage {
  subject: string;
  title: string;
  isFacts: boolean;
  /** Null: not run. */
  result: { report: GateReport; groups: FindingGroup[]; seconds: number } | null;
}

/**
 * The page that checks a draft; `isRun`: with what the check finds now. Null when the subject has no open draft.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function showCheck(
  actor: Actor | null,
  subject: string,
  isRun: boolean,
): Promise<CheckPage | null> {
  requireRole(actor, 'redaktor', 'admin');
  const read = await readOpenDraft(getDb(), subject);
  if (!read) return null;
  const { draft, document, facts } = read;
  const page = {
    subject,
    title: document ? document.meta.title.trim() || subject : words.facts,
    isFacts: subject === FACTS,
  };
  if (!isRun) return { ...page, result: null };
  const startedAt = performance.now();
  const report = await runGate(actor, draft.id);
  if (!report) return null;
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    ...page,
    result: { report, seconds, groups: groupFindings(report.findings, { document, facts }) },
  };
}

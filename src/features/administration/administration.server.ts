import { readFileSync } from 'node:fs';
import {
  countAccountsByRole,
  countHoldings,
  listImports,
  type Holdings,
} from '#db/queries/administration.ts';
import { showMailStatus } from '#src/features/notifications/mail-log.server.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';

const IMPORTS_SHOWN = 20;

export interface SystemOverview {
  day: string;
  holdings: Holdings;
  accounts: Awaited<ReturnType<typeof countAccountsByRole>>;
  imports: Awaited<ReturnType<typeof listImports>>;
  mail: Awaited<ReturnType<typeof showMailStatus>>;
  appVersion: string;
  nodeVersion: string;
}

/**
 * What the installation holds and runs on, without a name of anyone. For the role admin.
 *
 * @throws AppError `not-signed-in`, `not-allowed`.
 */
export async function showSystem(actor: Actor | null): Promise<SystemOverview> {
  requireRole(actor, 'admin');
  const db = getDb();
  const day = stockholmToday();
  const [holdings, accounts, imports, mail] = await Promise.all([
    countHoldings(db, day),
    countAccountsByRole(db),
    listImports(db, IMPORTS_SHOWN),
    showMailStatus(actor),
  ]);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const nodeVersion = process.versions.node;
  return { day, holdings, accounts, imports, mail, appVersion: version, nodeVersion };
}

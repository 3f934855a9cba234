import type { Transaction } from '#db/client.ts';
import { lockRequirements, readRulesVersion } from '#db/queries/rules.ts';
import {
  listVersionRequirements,
  listVersionsToRequire,
  type CourseVersion,
  type ListedVersionRequirement,
} from '#db/queries/version-requirements.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { versionWords } from '#src/i18n/version-requirements.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { errorsByField, type FieldErrors } from '#src/lib/form-errors.ts';
import { versionFormSchema } from './versions.schema.ts';
import {
  measureNewRequirement,
  storeNewRequirement,
  tryOut,
  type NewRequirement,
} from './new-requirement.server.ts';
import type { WhatIf } from './what-if.ts';

/**
 * The versions that are new requirements, and those that could become one.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function showVersions(
  actor: Actor | null,
): Promise<{ required: ListedVersionRequirement[]; choices: CourseVersion[] }> {
  requireRole(actor, 'samordnare', 'admin');
  const db = getDb();
  return { required: await listVersionRequirements(db), choices: await listVersionsToRequire(db) };
}

type Refused = { kind: 'refused'; errors: FieldErrors };

/** What a version as new requirement would mean on the first day that older ones do not count. */
export interface VersionPreview {
  kind: 'preview';
  version: CourseVersion;
  reason: string;
  /** The last day that older versions count. */
  until: string;
  whatIf: WhatIf;
  /** Of whom the course is required then; null: so few that it is not said. */
  required: number | null;
  rulesVersion: string;
}

/**
 * Shows what it would mean that a version is a new requirement. It is tried out in a transaction that is
 * rolled back, so that it is counted exactly as when it is saved.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function previewVersion(
  actor: Actor | null,
  search: URLSearchParams,
): Promise<VersionPreview | Refused> {
  const { personId } = requireRole(actor, 'samordnare', 'admin');
  return tryOut(async (tx) => {
    const read = await readVersionForm(tx, search);
    if (read.kind === 'refused') return read;
    const { version, reason, until } = read;
    const rulesVersion = await readRulesVersion(tx);
    const whatIf = await measureNewRequirement(tx, toRequirement(read), personId);
    return { kind: 'preview', version, reason, until, whatIf, required: whatIf.changed, rulesVersion };
  });
}

/**
 * Makes a version a new requirement, when the rules are still those that its preview was counted on; else
 * nothing is saved.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than samordnare and admin.
 */
export async function saveVersion(
  actor: Actor | null,
  form: URLSearchParams,
): Promise<{ kind: 'saved' } | { kind: 'stale' } | Refused> {
  const { personId } = requireRole(actor, 'samordnare', 'admin');
  return getDb().transaction(async (tx) => {
    await lockRequirements(tx);
    if ((await readRulesVersion(tx)) !== form.get('underlag')) return { kind: 'stale' };
    const read = await readVersionForm(tx, form);
    if (read.kind === 'refused') return read;
    await storeNewRequirement(tx, toRequirement(read), personId);
    return { kind: 'saved' };
  });
}

interface VersionForm {
  version: CourseVersion;
  reason: string;
  until: string;
}

async function readVersionForm(
  tx: Transaction,
  search: URLSearchParams,
): Promise<Refused | ({ kind: 'form' } & VersionForm)> {
  const parsed = versionFormSchema(stockholmToday()).safeParse(Object.fromEntries(search));
  if (!parsed.success) return { kind: 'refused', errors: errorsByField(parsed.error) };
  const { versionId, reason, until } = parsed.data;
  const version = (await listVersionsToRequire(tx)).find(({ id }) => id === versionId);
  if (!version) return { kind: 'refused', errors: { version: versionWords.errors.version } };
  return { kind: 'form', version, reason, until };
}

function toRequirement({ version, reason, until }: VersionForm): NewRequirement {
  return { moduleSlug: version.moduleSlug, versionId: version.id, reason, until };
}

import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { findAccountByEmail } from '#db/queries/accounts.ts';
import { findPeople, insertAccount, insertPerson } from '#db/queries/organisation.ts';
import { requireRole, type Actor, type Role } from '#src/features/auth/auth.ts';
import { hashPassword, LONGEST_PASSWORD, SHORTEST_PASSWORD } from '#src/features/auth/password.ts';
import { getDb } from '#src/lib/database.ts';

export const ROLES = ['medarbetare', 'samordnare', 'redaktor', 'admin'] as const satisfies readonly Role[];

const newUser = z.object({
  email: z.email('e-postadressen är inte giltig').toLowerCase(),
  name: z.string().trim().min(1, 'namnet saknas').max(200, 'namnet är längre än 200 tecken'),
  role: z.enum(ROLES, `rollen ska vara ${ROLES.join(', ')} (chef följer av anställningen)`),
  employeeNumber: z.string().optional(),
  password: z
    .string()
    .min(SHORTEST_PASSWORD, `lösenordet är kortare än ${SHORTEST_PASSWORD} tecken`)
    .max(LONGEST_PASSWORD, `lösenordet är längre än ${LONGEST_PASSWORD} tecken`)
    .optional(),
});
export type NewUser = z.input<typeof newUser>;

export type CreatedUser =
  /** `password`: the one that was made, to be handed over; null when it was given. */
  { kind: 'ok'; isNewPerson: boolean; password: string | null } | { kind: 'refused'; reasons: string[] };

/**
 * Makes an account that signs in with a password. It belongs to the person with the employee number, else
 * to the one with the e-mail, else to a new person outside the HR system; a known person keeps the name
 * from there.
 *
 * @throws AppError `not-signed-in`, `not-allowed` for anyone but an administrator.
 */
export async function createUser(actor: Actor | 'cli' | null, input: NewUser): Promise<CreatedUser> {
  if (actor !== 'cli') requireRole(actor, 'admin');
  const checked = newUser.safeParse(input);
  if (!checked.success)
    return { kind: 'refused', reasons: checked.error.issues.map(({ message }) => message) };
  const { email, name, role, employeeNumber } = checked.data;
  const password = checked.data.password ?? inventPassword();
  const passwordHash = await hashPassword(password);

  return getDb().transaction(async (tx): Promise<CreatedUser> => {
    const people = await findPeople(tx, employeeNumber === undefined ? { email } : { employeeNumber });
    if (employeeNumber !== undefined && people.length === 0)
      return refuse(`ingen har anstnr ${employeeNumber}`);
    if (people.length > 1) return refuse('flera personer har e-postadressen: ange vem med --anstnr');
    const [known] = people;
    if (known?.hasAccount) return refuse('personen har redan ett konto');
    if (await findAccountByEmail(tx, email)) return refuse('e-postadressen har redan ett konto');
    const personId = known?.id ?? (await insertPerson(tx, { name, email }));
    await insertAccount(tx, { personId, email, role, passwordHash });
    return { kind: 'ok', isNewPerson: !known, password: input.password === undefined ? password : null };
  });
}

function refuse(reason: string): CreatedUser {
  return { kind: 'refused', reasons: [reason] };
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Five groups of four letters and digits that are not mistaken for each other: 100 random bits. */
function inventPassword(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return Array.from({ length: 5 }, group).join('-');
}

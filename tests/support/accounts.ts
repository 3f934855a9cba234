import { randomUUID } from 'node:crypto';
import type { Database } from '#db/client.ts';
import { account } from '#db/schema/access.ts';
import { person } from '#db/schema/organisation.ts';
import { hashPassword } from '#src/features/auth/password.ts';

export const PASSWORD = 'ett-ganska-langt-losenord';

/** One hash for all test accounts: hashing is slow on purpose. */
const passwordHash = hashPassword(PASSWORD);

interface AccountOptions {
  email?: string;
  name?: string;
  role?: 'medarbetare' | 'samordnare' | 'redaktor' | 'admin';
  isActive?: boolean;
  isProtected?: boolean;
  hasPassword?: boolean;
}

/** A person with an account, who can sign in with `PASSWORD`. */
export async function createAccount(db: Database, options: AccountOptions = {}) {
  const email = options.email ?? `${randomUUID()}@exempel.test`;
  const [someone] = await db
    .insert(person)
    .values({ name: options.name ?? 'Maja Daggpärla', isProtected: options.isProtected ?? false })
    .returning();
  const [row] = await db
    .insert(account)
    .values({
      personId: someone!.id,
      email,
      role: options.role ?? 'medarbetare',
      isActive: options.isActive ?? true,
      passwordHash: options.hasPassword === false ? null : await passwordHash,
    })
    .returning();
  return { ...row!, person: someone! };
}

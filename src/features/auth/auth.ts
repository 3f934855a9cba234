import { AppError } from '#src/lib/errors.ts';

/** What an account may do beyond its own course. *Chef* follows from the employments, see `isManager`. */
export type Role = 'medarbetare' | 'samordnare' | 'redaktor' | 'admin';

/** Who asks. Anonymous is `null`. */
export interface Actor {
  accountId: string;
  personId: string;
  name: string;
  role: Role;
  /** Has an employment as manager of a unit today (*chef*), or stands in for one (*ersättare*). */
  isManager: boolean;
  /** Protected identity: shown by name to nobody else. */
  isProtected: boolean;
}

/**
 * The signed-in person who asks.
 *
 * @throws AppError `not-signed-in` for anonymous: a page then leads to the sign-in page and back.
 */
export function requireActor(actor: Actor | null): Actor {
  if (!actor) throw new AppError('not-signed-in', 'signing in is required');
  return actor;
}

/**
 * The signed-in person, who has one of the roles.
 *
 * @throws AppError `not-signed-in` for anonymous, `not-allowed` for any other role.
 */
export function requireRole(actor: Actor | null, ...roles: [Role, ...Role[]]): Actor {
  const present = requireActor(actor);
  if (!roles.includes(present.role)) {
    throw new AppError('not-allowed', `needs the role ${roles.join(' or ')}`);
  }
  return present;
}

/**
 * The signed-in person, who is manager of a unit today, or deputy.
 *
 * @throws AppError `not-signed-in` for anonymous, `not-allowed` for anyone who leads no unit.
 */
export function requireManager(actor: Actor | null): Actor {
  const present = requireActor(actor);
  if (!present.isManager) throw new AppError('not-allowed', 'needs to be manager of a unit today');
  return present;
}

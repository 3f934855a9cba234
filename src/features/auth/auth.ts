/** What an account may do beyond its own course. *Chef* follows from the employments, see `isManager`. */
export type Role = 'medarbetare' | 'samordnare' | 'redaktor' | 'admin';

/** Who asks. Anonymous is `null`. */
export interface Actor {
  accountId: string;
  personId: string;
  name: string;
  role: Role;
  /** Has an employment as manager of a unit today (*chef*). */
  isManager: boolean;
  /** Protected identity: shown by name to nobody else. */
  isProtected: boolean;
}

import { hash, verify, type Options } from '@node-rs/argon2';

/** Argon2id (the library's default algorithm) at OWASP's recommended cost. */
const COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** NIST SP 800-63B-4: 15 characters where the password is the only factor; no rules about their kind. */
export const SHORTEST_PASSWORD = 15;
/** Longer input is refused before hashing, so that nobody can make the server hash megabytes. */
export const LONGEST_PASSWORD = 200;

/** The password as an Argon2id hash in PHC form, with a salt of its own: two calls never give the same. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), COST);
}

/** Whether the password is the one that was hashed; false, never an error, for a hash that cannot be read. */
export async function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  if (password.length > LONGEST_PASSWORD) return false;
  try {
    return await verify(passwordHash, password.normalize('NFC'));
  } catch {
    return false;
  }
}

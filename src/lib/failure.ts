import type { ErrorPageName } from '#src/i18n/errors.ts';
import { AppError } from './errors.ts';

/** PostgreSQL is going away, starting or full (SQLSTATE), or cannot be reached (driver and socket codes). */
const UNAVAILABLE =
  /^(08\w{3}|57P0[1-5]|53300|CONNECT_TIMEOUT|CONNECTION_(CLOSED|ENDED|DESTROYED)|ECONN\w+|ENOENT|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/;

/** The page that tells the user what went wrong; what nobody foresaw is `nagot-gick-fel`. */
export function failurePage(error: unknown): ErrorPageName {
  if (error instanceof AppError) {
    if (error.code === 'not-found') return 'finns-inte';
    if (error.code === 'not-allowed' || error.code === 'not-signed-in') return 'ej-tillatet';
    if (error.code === 'database-unavailable') return 'svarar-inte';
    return 'nagot-gick-fel';
  }
  if (hasImpossibleText(error)) return 'felaktig-adress';
  return isDatabaseUnavailable(error) ? 'svarar-inte' : 'nagot-gick-fel';
}

/** A null byte in text, as it is and as JSON writes it. */
const IMPOSSIBLE_TEXT = /^(22021|22P05)$/;

/** The request held a null byte, which PostgreSQL refuses in any text: the sender's fault, not ours. */
function hasImpossibleText(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && IMPOSSIBLE_TEXT.test(String(error.code))) || hasImpossibleText(error.cause);
}

/** Whether the database could not be reached, as opposed to having refused something. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'database-unavailable';
  if (!(error instanceof Error)) return false;
  if ('code' in error && UNAVAILABLE.test(String(error.code))) return isFromDatabase(error);
  return isDatabaseUnavailable(error.cause);
}

/** A missing file has the same code as a missing socket; a socket error names what it connected to. */
function isFromDatabase(error: Error & { code?: unknown }): boolean {
  return error.code !== 'ENOENT' || ('syscall' in error && error.syscall === 'connect');
}

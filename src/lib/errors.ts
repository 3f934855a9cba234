/** Why the program could not keep a promise. Each code is turned into words in one place, `src/i18n/errors.ts`. */
export type ErrorCode =
  | 'content-invalid'
  | 'database-unavailable'
  | 'invariant-broken'
  | 'not-allowed'
  | 'not-found'
  | 'not-signed-in';

const BRAND: unique symbol = Symbol.for('trygg-grund.AppError');

/** A broken invariant or a refused access. Outcomes a user can expect are returned, never thrown. */
export class AppError extends Error {
  readonly [BRAND] = true;
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }

  /** Known by its mark: Astro's bundle has a copy of this class, and the server knows its errors too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

declare namespace App {
  interface Locals {
    /** Filled by src/middleware.ts on pages rendered on demand. */
    actor: import('#src/features/auth/auth.ts').Actor | null;
  }
}

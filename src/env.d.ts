declare namespace App {
  interface Locals {
    /** Filled by src/middleware.ts on pages rendered on demand. */
    actor: import('#src/features/auth/auth.ts').Actor | null;
    /** Filled by src/server before the page sees the request; absent under Astro's dev server. */
    call?: import('#src/lib/call.ts').Call;
  }
}

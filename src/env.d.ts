declare namespace App {
  interface Locals {
    /** Filled by src/middleware.ts on pages rendered on demand. */
    actor: import('#src/features/auth/auth.ts').Actor | null;
    /** Filled by src/server, and under Astro's dev server by src/middleware.ts, on pages rendered on demand. */
    call: import('#src/lib/call.ts').Call;
    /** What a preview shows, where it is not to be looked up: in the process that checks a draft. */
    preview?: import('#src/features/gate/preview.ts').Preview;
  }
}

import { customType } from 'drizzle-orm/pg-core';

/** Raw bytes (hashes of secrets). */
export const bytea = customType<{ data: Buffer; driverData: Buffer }>({
  dataType: () => 'bytea',
});

/**
 * A PostgreSQL `daterange` in its canonical text form `[from,until)`: `until` is the first day no
 * longer included, an empty bound is unbounded. Days are calendar days in Europe/Stockholm.
 */
export const daterange = customType<{ data: string }>({
  dataType: () => 'daterange',
});

/** All tables, for the client and for drizzle-kit. */
export * from './organisation.ts';
export * from './training.ts';
export * from './access.ts';

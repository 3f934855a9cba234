/** All tables, for the client and for drizzle-kit. */
export * from './organisation.ts';
export * from './training.ts';
export * from './rules.ts';
export * from './years.ts';
export * from './events.ts';
export * from './notifications.ts';
export * from './evaluation.ts';
export * from './access.ts';
export * from './indicator-change.ts';
export * from './releases.ts';
export * from './editorial.ts';

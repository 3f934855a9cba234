import { describe, expect, test } from 'vitest';
import { readSettings } from '#src/cli/settings.ts';

describe('Settings that cannot be understood', () => {
  test.each([
    [{ PORT: 'x' }, 'PORT'],
    [{ DEMO: 'ja' }, 'DEMO'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    [{ PUBLIC_ORIGIN: 'kurs.exempel.se' }, 'PUBLIC_ORIGIN'],
    [{ TRUSTED_PROXIES: 'proxy' }, 'TRUSTED_PROXIES'],
    [{ SMTP_URL: 'smtp://localhost' }, 'MAIL_FROM'],
    [{ SMTP_URL: 'smtp://localhost', MAIL_FROM: 'a@exempel.se' }, 'PUBLIC_ORIGIN'],
  ])('%j are told before anything is built or opened', (env, name) => {
    expect(() => readSettings(env)).toThrow(name);
  });
});

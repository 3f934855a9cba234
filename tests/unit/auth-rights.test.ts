import { describe, expect, test } from 'vitest';
import { requireActor, requireManager, requireRole, type Actor, type Role } from '#src/features/auth/auth.ts';

const actorWith = (role: Role, isManager = false): Actor => ({
  accountId: 'a',
  personId: 'p',
  name: 'Maja Daggpärla',
  role,
  isManager,
  isProtected: false,
});
const roles: Role[] = ['medarbetare', 'samordnare', 'redaktor', 'admin'];

describe('Rights', () => {
  test('Anonymous is asked to sign in, whatever is required', () => {
    for (const required of [
      () => requireActor(null),
      () => requireRole(null, 'admin'),
      () => requireManager(null),
    ]) {
      expect(required).toThrow(expect.objectContaining({ code: 'not-signed-in' }));
    }
  });

  test('A role opens what is for that role and nothing that is for another', () => {
    for (const has of roles) {
      for (const needs of roles) {
        const ask = () => requireRole(actorWith(has), needs);
        if (has === needs) expect(ask().role).toBe(has);
        else expect(ask).toThrow(expect.objectContaining({ code: 'not-allowed' }));
      }
    }
    expect(requireRole(actorWith('admin'), 'samordnare', 'admin').role).toBe('admin');
  });

  test('Leading a unit comes from the employments and from no role', () => {
    for (const role of roles) {
      expect(() => requireManager(actorWith(role))).toThrow(expect.objectContaining({ code: 'not-allowed' }));
      expect(requireManager(actorWith(role, true)).role).toBe(role);
    }
  });
});

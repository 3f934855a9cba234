import type { PersonPlan, Workforce } from './people.ts';
import { FIRST_DAY, type UnitPlan } from './units.ts';

/** The password of every demo account: printed on the sign-in page while the demo is on. */
export const DEMO_PASSWORD = 'demo-trygg-grund';

export interface DemoAccount {
  email: string;
  role: 'medarbetare' | 'samordnare' | 'redaktor' | 'admin';
  person: PersonPlan;
}

/** Puts the people behind the demo accounts in their places on the first day. `medarbetare` works for `chef`. */
export function placeDemoAccounts(workforce: Workforce, units: UnitPlan[]): DemoAccount[] {
  const find = (code: string): UnitPlan => {
    const unit = units.find((plan) => plan.code === code);
    if (!unit) throw new Error(`no unit ${code} for a demo account`);
    return unit;
  };
  const preschool = units.find(({ code, people }) => /^FSKF-1-/.test(code) && people >= 24);
  if (!preschool) throw new Error('no förskola is large enough for the demo');
  const place = (unit: UnitPlan, given: string, surname: string, isManager = false): PersonPlan => {
    const staff = workforce.staffOf.get(unit) ?? [];
    const person = isManager
      ? staff.find(({ main }) => main.isManager)
      : workforce.hire(unit, FIRST_DAY, false);
    if (!person) throw new Error(`nobody leads ${unit.code}`);
    return Object.assign(person, { given, surname, isProtected: false, isFixed: true });
  };
  const manager = place(preschool, 'Cilla', 'Klöverklang', true);
  const employee = place(preschool, 'Maja', 'Daggpärla');
  const colleague = workforce.staffOf.get(preschool)?.find(({ isFixed }) => !isFixed);
  if (colleague) Object.assign(colleague, { isProtected: true, isFixed: true });
  const coordinator = place(find('SK'), 'Samira', 'Snölykta');
  const editor = place(find('ASF-5-01'), 'Rickard', 'Rönnflinga');
  const approver = place(find('ASF-5-01'), 'Greta', 'Gransken');
  manager.completedOn = '2024-03-14';
  coordinator.completedOn = '2023-05-16';
  editor.completedOn = '2023-02-07';
  approver.completedOn = '2023-02-07';
  return [
    { email: 'medarbetare@demo.test', role: 'medarbetare', person: employee },
    { email: 'chef@demo.test', role: 'medarbetare', person: manager },
    { email: 'samordnare@demo.test', role: 'samordnare', person: coordinator },
    { email: 'redaktor@demo.test', role: 'redaktor', person: editor },
    { email: 'granskare@demo.test', role: 'redaktor', person: approver },
    { email: 'admin@demo.test', role: 'admin', person: place(find('SK-3-01'), 'Adam', 'Almlykta') },
  ];
}

/** The indicator counted naively in memory, person by person and day by day: what the query must agree with. */
export interface World {
  units: { code: string; periods: WorldPeriod[] }[];
  people: {
    employments: WorldEmployment[];
    /** Of no version: it is not known. */
    completions: { module: string; on: string; isVoided: boolean; version?: number | null }[];
  }[];
  requirements: WorldRule[];
  /** New requirements: older versions count to the end of `until`; from `withdrawn` on they count again. */
  versions?: { module: string; version: number; until: string; withdrawn?: string | null }[];
  targets: { unit: string; year: number; percent: number }[];
}

export interface WorldEmployment {
  unit: string;
  from: string;
  until: string | null;
  title?: string;
  isManager?: boolean;
}

/** Of everyone when it names no unit, managers or titles (in lower case). */
export interface WorldRule {
  module: string;
  from: string | null;
  until: string | null;
  months: number | null;
  unit?: string | null;
  managers?: boolean;
  titles?: string[] | null;
}

export interface WorldPeriod {
  from: string | null;
  until: string | null;
  parent: string | null;
  kind: 'municipality' | 'department' | 'division' | 'team';
  name: string;
}

const isValid = (day: string, { from, until }: { from: string | null; until: string | null }) =>
  (from === null || from <= day) && (until === null || day < until);

/** The day `months` later; the last of the month where there is no such day. */
function addMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date, last));
  return first.toISOString().slice(0, 10);
}

/** Every row for a day, parents first and siblings by name. */
export function countNaively(world: World, day: string) {
  const places = new Map(
    world.units.flatMap(({ code, periods }) => {
      const period = periods.find((it) => isValid(day, it));
      return period ? [[code, period] as const] : [];
    }),
  );
  /** The unit and those above it up to the municipality; null when it hangs loose. */
  const wayUp = (code: string): string[] | null => {
    const place = places.get(code);
    if (!place) return null;
    if (place.parent === null) return [code];
    const above = wayUp(place.parent);
    return above && [code, ...above];
  };
  /** Each course she must have, with the shortest of its validities. */
  const requiredOf = (person: World['people'][number]) => {
    const required = new Map<string, number | null>();
    for (const rule of world.requirements.filter((it) => isValid(day, it))) {
      const concerns = person.employments.some((job) => {
        const way = isValid(day, job) ? wayUp(job.unit) : null;
        const isThere = way !== null && (!rule.unit || way.includes(rule.unit));
        const isMeant = rule.titles
          ? rule.titles.includes((job.title ?? '').toLowerCase())
          : !rule.managers || job.isManager === true;
        return isThere && isMeant;
      });
      if (!concerns) continue;
      const known = required.get(rule.module) ?? null;
      const shortest = Math.min(known ?? Infinity, rule.months ?? Infinity);
      required.set(rule.module, shortest === Infinity ? null : shortest);
    }
    return [...required];
  };
  const isOutdated = (module: string, version: number | null) =>
    (world.versions ?? []).some(
      (it) =>
        it.module === module &&
        (version === null || version < it.version) &&
        day > it.until &&
        (!it.withdrawn || day < it.withdrawn),
    );
  const hasAll = (person: World['people'][number]) => {
    const required = requiredOf(person);
    return (
      required.length > 0 &&
      required.every(([module, months]) =>
        person.completions.some(
          (it) =>
            it.module === module &&
            !it.isVoided &&
            it.on <= day &&
            !isOutdated(module, it.version ?? null) &&
            (months === null || day < addMonths(it.on, months)),
        ),
      )
    );
  };
  const targetOf = (code: string) =>
    wayUp(code)
      ?.map((unit) => world.targets.find((it) => it.unit === unit && it.year === Number(day.slice(0, 4))))
      .find((it) => it !== undefined)?.percent ?? null;

  const rows = [...places].flatMap(([code, place]) => {
    const way = wayUp(code);
    if (!way) return [];
    const worksAt = (units: (unit: string) => boolean) =>
      world.people.filter(({ employments }) => employments.some((it) => isValid(day, it) && units(it.unit)));
    const within = worksAt((unit) => wayUp(unit)?.includes(code) ?? false);
    const direct = worksAt((unit) => unit === code);
    return [
      {
        code,
        name: place.name,
        kind: place.kind,
        parentCode: place.parent,
        depth: way.length - 1,
        target: targetOf(code),
        employed: within.length,
        completed: within.filter(hasAll).length,
        directEmployed: direct.length,
        directCompleted: direct.filter(hasAll).length,
      },
    ];
  });
  const below = (parent: string | null): typeof rows =>
    rows
      .filter(({ parentCode }) => parentCode === parent)
      .sort((a, b) => a.name.localeCompare(b.name, 'sv', { numeric: true }) || (a.code < b.code ? -1 : 1))
      .flatMap((row) => [row, ...below(row.code)]);
  return below(null);
}

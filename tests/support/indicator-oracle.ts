/** The indicator counted naively in memory, person by person and day by day: what the query must agree with. */
export interface World {
  units: { code: string; periods: WorldPeriod[] }[];
  people: {
    employments: { unit: string; from: string; until: string | null }[];
    completions: { module: string; on: string; isVoided: boolean }[];
  }[];
  requirements: { module: string; from: string | null; until: string | null; months: number | null }[];
  targets: { unit: string; year: number; percent: number }[];
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
  const required = world.requirements.filter((it) => isValid(day, it));
  const hasAll = (person: World['people'][number]) =>
    required.length > 0 &&
    required.every(({ module, months }) =>
      person.completions.some(
        (it) =>
          it.module === module &&
          !it.isVoided &&
          it.on <= day &&
          (months === null || day < addMonths(it.on, months)),
      ),
    );
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

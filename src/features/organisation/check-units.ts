import type { RowProblem } from './import-file.ts';
import type { UnitRow } from './import.schema.ts';
import { KIND_NAMES, KIND_RANK, type CurrentUnits, type UnitAtDay, type UnitKind } from './organisation.ts';

interface Node {
  code: string;
  kind: UnitKind;
  parentCode: string | null;
  line: number;
}

/** The tree as the import would leave it, told by lines of the file. */
export function checkTree(
  rows: readonly UnitRow[],
  kept: readonly UnitAtDay[],
  unreadable: ReadonlySet<string>,
): RowProblem[] {
  const problems: RowProblem[] = [];
  const tree = new Map<string, Node>();
  for (const { code, kind, parentCode } of kept) tree.set(code, { code, kind, parentCode, line: 0 });
  const seen = new Map<string, number>();
  for (const { kod: code, typ: kind, overordnad: parentCode, line } of rows) {
    const first = seen.get(code);
    if (first !== undefined)
      problems.push({ line, column: 'kod', reason: `${code} finns redan på rad ${first}` });
    else {
      seen.set(code, line);
      tree.set(code, { code, kind, parentCode, line });
    }
  }
  const circular = findCircular(tree);
  const roots = [...tree.values()].filter(({ kind }) => kind === 'municipality');
  if (roots.length === 0 && unreadable.size === 0)
    problems.push({ line: 1, column: 'typ', reason: 'ingen rad har typ kommun' });
  for (const node of tree.values()) problems.push(...checkNode(node, { tree, circular, roots, unreadable }));
  return problems;
}

function checkNode(
  { code, kind, parentCode, line }: Node,
  {
    tree,
    circular,
    roots,
    unreadable,
  }: {
    tree: ReadonlyMap<string, Node>;
    circular: ReadonlySet<string>;
    roots: readonly Node[];
    unreadable: ReadonlySet<string>;
  },
): RowProblem[] {
  const parent = parentCode === null ? undefined : tree.get(parentCode);
  const say = (column: string, reason: string) => [{ line, column, reason }];
  if (kind === 'municipality') {
    if (parentCode !== null) return say('overordnad', 'en kommun ligger överst och har ingen överordnad');
    const other = roots.find((root) => root.code !== code);
    if (other && line > 0) return say('typ', `det kan bara finnas en kommun, och ${other.code} är det`);
    return [];
  }
  if (parentCode === null) return say('overordnad', 'saknas: bara en kommun ligger överst');
  if (!parent) {
    if (unreadable.has(parentCode)) return [];
    if (line > 0)
      return say('overordnad', `enheten ${parentCode} finns varken i filen eller i organisationen`);
    return [
      {
        line: 1,
        column: null,
        reason: `${code} finns kvar men ${parentCode}, som den ligger under, saknas i filen`,
      },
    ];
  }
  if (circular.has(code))
    return say('overordnad', `${code} ligger i en cirkel och når aldrig upp till kommunen`);
  if (KIND_RANK[parent.kind] < KIND_RANK[kind]) return [];
  const reason = `${KIND_NAMES[kind]} ${code} kan inte ligga under ${KIND_NAMES[parent.kind]} ${parent.code}`;
  return line > 0 ? say('overordnad', reason) : [{ line: parent.line || 1, column: 'typ', reason }];
}

/** Codes that lie in a circle or below one. */
function findCircular(tree: ReadonlyMap<string, Node>): Set<string> {
  const reachesTop = new Map<string, boolean>();
  for (const start of tree.keys()) {
    const path: string[] = [];
    let code: string | null = start;
    while (code !== null && !reachesTop.has(code) && !path.includes(code)) {
      path.push(code);
      code = tree.get(code)?.parentCode ?? null;
    }
    const reaches = code === null || reachesTop.get(code) === true;
    for (const passed of path) reachesTop.set(passed, reaches);
  }
  return new Set([...reachesTop].filter(([, reaches]) => !reaches).map(([code]) => code));
}

/** A unit can only end when nobody works there any more and nothing later is planned for it. */
export function checkEnded(ended: readonly UnitAtDay[], { staffed, later }: CurrentUnits): RowProblem[] {
  return ended.flatMap(({ code, name }) => {
    const say = (reason: string) => [
      { line: 1, column: null, reason: `${code} ${name} saknas i filen men ${reason}` },
    ];
    if (staffed.has(code)) return say('har anställda; flytta dem först med import staff');
    const change = later.get(code);
    return change === undefined ? [] : say(`har en ändring som gäller från ${change}`);
  });
}

/** A change that begins before one that is already known would rewrite what that one began from. */
export function checkLater(rows: readonly UnitRow[], { units, later }: CurrentUnits): RowProblem[] {
  const stored = new Map(units.map((unit) => [unit.code, unit]));
  return rows.flatMap(({ kod: code, namn: name, typ: kind, overordnad: parentCode, line }) => {
    const unit = stored.get(code);
    const change = later.get(code) ?? unit?.until ?? undefined;
    const isSame = unit?.name === name && unit.kind === kind && unit.parentCode === parentCode;
    if (change === undefined || isSame) return [];
    const reason = `${code} har en ändring som gäller från ${change}; ange den dagen eller en senare med --as-of`;
    return [{ line, column: 'kod', reason }];
  });
}

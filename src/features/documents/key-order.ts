/** The order in which files name things; whatever order a database kept them in. */
const ORDER = [
  // Pages, questions and facts begin with what they are …
  'passMark',
  'id',
  'type',
  'situation',
  'section',
  'prompt',
  'name',
  'role',
  'short',
  'title',
  'part',
  'audience',
  'position',
  'minutes',
  'lead',
  'goals',
  'contentNote',
  'summary',
  'value',
  'label',
  'caution',
  'year',
  'text',
  'correct',
  'feedback',
  'inForce',
  'phone',
  'phoneHref',
  'hours',
  'note',
  'reach',
  'url',
  'alsoAt',
  'published',
  'avoid',
  'instead',
  'why',
  'advice',
  // … and end with what they hold, and how sure they are.
  'sections',
  'questions',
  'options',
  'closing',
  'sources',
  'status',
  'checked',
  'confirmed',
  'by',
  'on',
];
/** For facts, whom they are for stands after what they say. */
const FACT_ORDER = [...ORDER.filter((key) => key !== 'audience'), 'audience'];
const places = (order: readonly string[]) => new Map(order.map((key, index) => [key, index]));
const PLACES = places(ORDER);
const FACT_PLACES = places([
  ...FACT_ORDER.slice(0, FACT_ORDER.indexOf('sources')),
  'audience',
  ...FACT_ORDER.slice(FACT_ORDER.indexOf('sources'), -1),
]);

/** The same data with its keys in the order of files; what is absent is left out. */
export function inKeyOrder(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(inKeyOrder);
  if (typeof data !== 'object' || data === null) return data;
  const order = Object.hasOwn(data, 'status') ? FACT_PLACES : PLACES;
  const place = (key: string) => order.get(key) ?? order.size;
  return Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
      .map(([key, value]) => [key, inKeyOrder(value)]),
  );
}

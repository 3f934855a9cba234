/** The words at the top of a written file, for whoever opens it. */
export const fileHeaders = {
  discussion: '# Frågor att prata om på en arbetsplatsträff. Se content/README.md.\n',
  laws: [
    '# Lagrum i egna ord. status: verified visas · uncertain visas först när någon har lagt till confirmed: { by, on } · unverified visas aldrig.',
    '# Lagtexten är kontrollerad till och med februari 2026. inForce står bara där dagen är kontrollerad.',
    '',
    '',
  ].join('\n'),
  contacts: [
    '# Kontakter. status: verified visas · uncertain visas först när någon har lagt till confirmed: { by, on } · unverified visas aldrig.',
    '# phone null: verksamheten finns, men numret hämtas från intranätet (eller skrivs i contacts.local.yaml). Adresser skrivs aldrig här.',
    '',
    '',
  ].join('\n'),
  figures: [
    '# Siffror som får stå i kursen. status: verified visas · uncertain visas först när någon har lagt till confirmed: { by, on } · unverified visas aldrig.',
    '# value är siffran, label säger exakt vad den räknar, caution säger hur den ofta missförstås.',
    '',
    '',
  ].join('\n'),
  sources: [
    '# Källor till allt som påstås i kursen. id: u = Malmö stads och Upplands-Bros handlingar, p = sidor, l = lagar och förarbeten.',
    '# checked: dagen då vi senast läste källan, i en sparad kopia. published: årtalet, när källan själv anger det.',
    '',
    '',
  ].join('\n'),
  words: [
    '# Ord som kursen undviker, och vad vi säger i stället. Redaktörens kontroll varnar för dem, också böjda.',
    '# avoid: ordet eller orden, i grundform · instead: vad vi skriver · why: varför, i en mening.',
    '',
    '',
  ].join('\n'),
};

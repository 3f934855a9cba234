/** Words of an intyg. */
export const certificate = {
  pageTitle: 'Intyg',
  kicker: 'Intyg',
  statement: 'har genomfört',
  nameHidden: 'Namnet visas inte',
  nameHiddenWhy: 'Intyget är äkta. Innehavaren kan själv visa sitt namn.',
  version: 'Version',
  date: 'Genomförd',
  code: 'Kod',
  genuineTitle: 'Intyget är äkta',
  genuine: 'Det finns i Trygg grund med samma kurs, version och datum som här.',
  checkAt: 'Kontrollera intyget på',
  print: 'Skriv ut det eller spara det som PDF från webbläsarens meny. Det blir ett blad i A4.',
  own: 'Det här är ditt intyg. Den som har adressen kan se det, så dela den bara med dem du vill.',
  ownProtected: 'Bara du ser ditt namn här. För andra visas intyget utan namn.',
  content: {
    online:
      'Fem delar med kunskapskontroll: vad hedersrelaterat våld och förtryck är, hur det är att leva med hedersnormer, tecken hos barn och vuxna, vad du gör i din yrkesroll och vart du vänder dig.',
    session: 'Genomförd vid ett utbildningstillfälle med lärare.',
    import: 'Tidigare utbildning som kommunen har tillgodoräknat.',
  },
  voidedTitle: 'Intyget gäller inte längre',
  voided: (date: string) => `Kursen är inte längre registrerad som genomförd. Det rättades ${date}.`,
  limitedTitle: 'Vänta en stund',
  limited: 'Det har sökts efter många koder som inte finns. Försök igen om några minuter.',
} as const;

/** Words of the start page and the overviews. */
export const home = {
  title: 'Trygg grund',
  description: 'Grundkursen om hedersrelaterat våld och förtryck för dig som arbetar i Malmö stad.',
  headline: ['Känna igen.', 'Våga fråga.', 'Veta vart.'],
  lead: 'En grundkurs i fem delar om hedersrelaterat våld och förtryck, för dig som arbetar i Malmö stad. Du behöver inte bli expert, och du ska aldrig utreda själv.',
  start: 'Börja med del 1',
  overview: 'Se hela kursen',
  facts: [
    ['Delar', '5'],
    ['Tid', 'drygt 2 timmar'],
    ['Kunskapskontroller', '5'],
    ['När du är klar', 'ett intyg'],
  ],
  partsTitle: 'Kursens fem delar',
  ownPaceTitle: 'I din egen takt',
  ownPace:
    'Läs en sida i taget, på telefon eller dator. Allt går att läsa utan att logga in. När du gör en kunskapskontroll loggar du in, så att den räknas.',
  seenTitle: 'Vad andra får se',
  seen: 'Din chef ser om du har påbörjat eller genomfört kursen, och vilken dag. Ingen annan än du ser dina svar. Vilka sidor du läser sparas inte.',
  exposedTitle: 'Om det rör dig själv',
  exposed:
    'Du kan själv leva med det som kursen handlar om, eller känna någon som gör det. Du får pausa, hoppa över och låta bli. På sidan Stöd finns vägar till hjälp.',
  indicatorTitle: 'Så stor andel har grundkunskaperna',
  indicator:
    'Indikatorn visar hur stor andel av medarbetarna i varje förvaltning som har genomfört grundkursen.',
  toIndicator: 'Till indikatorn',
  courseTitle: 'Grundkursen',
  courseLead:
    'Fem delar, i den ordning du vill. Varje del slutar med en kunskapskontroll. När alla fem är godkända är grundkursen genomförd och du får ditt intyg.',
  yourProgress: 'Dina delar',
  fordjupningTitle: 'Fördjupning',
  fordjupningLead: 'För dig som har genomfört grundkursen och vill kunna mer om din egen verksamhet.',
  fordjupningLocked: 'Öppnas när grundkursen är genomförd.',
  audience: 'För',
} as const;

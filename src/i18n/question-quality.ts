/** What a rule says of a question, and what to do about it. */
export interface QualityWords {
  message: string;
  suggestion: string;
}

const LIST = new Intl.ListFormat('sv-SE', { type: 'conjunction' });
const listed = (texts: readonly string[]) => LIST.format(texts);
const words = (message: string, suggestion: string): QualityWords => ({ message, suggestion });
const quoted = (text: string) => `”${text.length > 60 ? `${text.slice(0, 57).trimEnd()} …` : text}”`;

/** Words of the review of questions. */
export const questionQuality = {
  rightIsLongest: (isOne: boolean) =>
    words(
      isOne
        ? 'Det rätta svaret är klart längst. Den som inte har läst kan gissa rätt på längden.'
        : 'De rätta svaren är klart längst. Den som inte har läst kan gissa rätt på längden.',
      'Korta det rätta svaret eller skriv de andra lika utförligt. En förklaring hör hemma i återkopplingen.',
    ),
  rightOftenLongest: (longest: number, of: number) =>
    words(
      `I ${longest} av ${of} frågor är det rätta svaret längst.`,
      'Gör svaren jämnare, så att längden inte avslöjar vilket som är rätt.',
    ),
  samePosition: (position: number, times: number, of: number) =>
    words(
      `I ${times} av ${of} frågor med ett rätt svar står det på plats ${position}.`,
      'Flytta om svaren i några frågor. Den som läser utan JavaScript ser dem i din ordning.',
    ),
  onePlausible: words(
    'Bara ett svar verkar rimligt. De andra är tvärsäkra, mycket kortare eller raljerar.',
    'Skriv fel svar som någon faktiskt skulle kunna välja: det som är vanligt att tro eller göra.',
  ),
  mocking: (text: string) =>
    words(
      `Svaret ${quoted(text)} raljerar. Ingen väljer det på allvar.`,
      'Byt det mot något som en omtänksam kollega kan göra fel.',
    ),
  allOfThem: (text: string) =>
    words(
      `Svaret ${quoted(text)} hänvisar till de andra svaren. Den som känner igen två vet att det stämmer, och svaren byter plats på sidan.`,
      'Låt varje svar stå för sig. Är flera rätta gör du frågan till en med flera rätta svar.',
    ),
  negated: words(
    'Frågan söker det som inte stämmer. Ett litet ord är lätt att läsa förbi.',
    'Vänd på frågan så att den söker det som stämmer, eller fråga vad som ökar risken.',
  ),
  alike: (one: string, other: string) =>
    words(
      `Svaren ${quoted(one)} och ${quoted(other)} är nästan likadana.`,
      'Skriv om eller ta bort ett av dem, så att skillnaden handlar om saken.',
    ),
  echo: (found: readonly string[]) =>
    words(
      `Bara det rätta svaret upprepar ord ur frågan: ${listed(found.map((word) => `”${word}”`))}.`,
      'Säg det med andra ord i det rätta svaret, eller låt något fel svar använda samma ord.',
    ),
  feedbackMissing: words(
    'Svaret saknar återkoppling.',
    'Förklara varför det stämmer eller inte stämmer, i en eller två meningar.',
  ),
  feedbackSame: words(
    'Två svar har samma återkoppling.',
    'Förklara varje svar för sig: vad just det skulle leda till.',
  ),
  feedbackVerdict: words(
    'Återkopplingen säger bara om svaret är rätt eller fel.',
    'Förklara varför. Det är här den som svarade fel lär sig.',
  ),
  promptLong: (characters: number) =>
    words(
      `Frågan har ${characters} tecken. Den är svår att hålla i minnet när man läser svaren.`,
      'Behåll det som behövs för att svara och stryk resten. Upp till 250 tecken brukar räcka.',
    ),
  promptHard: (lix: number) =>
    words(`Frågan är svår att läsa, LIX ${lix}.`, 'Använd kortare ord och dela upp meningen.'),
  sentenceLong: (count: number) =>
    words(`Frågan har en mening på ${count} ord.`, 'Dela upp den. Upp till 25 ord går att läsa i ett svep.'),
  allButOne: words(
    'Alla svar utom ett är rätta. Då är det enklare att leta efter det som är fel.',
    'Lägg till ett fel svar, eller gör frågan till en med ett rätt svar.',
  ),
  oneRightOfMany: words(
    'Frågan tar emot flera svar men har ett enda rätt.',
    'Lägg till ett rätt svar, eller välj att frågan har ett rätt svar.',
  ),
  toldCount: (told: number, right: number) =>
    words(
      `Frågan säger att ${told} svar ska väljas, men ${right} är ${right === 1 ? 'rätt' : 'rätta'}.`,
      'Ändra frågan eller vilka svar som är rätta.',
    ),
  unknownSection: words(
    'Avsnittet som frågan hör till finns inte.',
    'Välj det avsnitt som ger svaret. Den som svarar fel får en länk dit.',
  ),
  fewQuestions: (count: number) =>
    words(
      count === 0 ? 'Kunskapskontrollen har inga frågor.' : `Kunskapskontrollen har ${counted(count)}.`,
      'Åtta till tio frågor är lagom.',
    ),
  fewSituations: (count: number) =>
    words(
      count === 0
        ? 'Ingen fråga prövar en situation.'
        : `${count === 1 ? 'En fråga' : 'Två frågor'} prövar en situation.`,
      'Minst tre frågor ska börja i något som händer och fråga vad man gör.',
    ),
  sectionsWithout: (titles: readonly string[]) =>
    words(
      titles.length === 1
        ? `Avsnittet ${quoted(titles[0] ?? '')} har ingen fråga.`
        : `Avsnitten ${listed(titles.map(quoted))} har ingen fråga.`,
      'Ställ minst en fråga om varje avsnitt.',
    ),
} as const;

function counted(count: number): string {
  return count === 1 ? 'en fråga' : `${count} frågor`;
}

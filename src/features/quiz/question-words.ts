/** The words of a text, in small letters. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** One of the words stands by itself in the text. */
function says(text: string, pattern: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'iu').test(text);
}

/** Whether an answer leaves no room for exceptions: those who guess cross it out. */
export function isAbsolute(text: string): boolean {
  return says(
    text,
    'alltid|aldrig|bara|enbart|endast|absolut|garanterat|omöjligt?|samtliga|undantagslöst|inte någonsin|under inga omständigheter',
  );
}

/** Whether an answer makes fun of the matter, so that nobody would choose it in earnest. */
export function isMocking(text: string): boolean {
  return says(
    text,
    'strunt(?:a|ar) i (?:det|saken)|skiter? i|skrattar? (?:bort|åt)|himla[rt]? med ögonen|ryck(?:er|a) på axlarna|bryr? (?:mig|dig|sig) inte|(?:är )?inte (?:mitt|ditt|vårt|ert) (?:problem|bord)|skyll(?:er)? (?:dig|sig) själv|(?:larvigt|löjligt|fånigt)|vem bryr sig|haha',
  );
}

/** Whether an answer is about the other answers. */
export function isAboutOthers(text: string): boolean {
  return says(
    text,
    '(?:alla|allt|inget|ingen|inga|samtliga)(?: av)? (?:det |de |dem )?(?:ovanstående|ovan|svaren|alternativen|svarsalternativen|dessa|andra svaren|andra alternativen)|(?:både |svar |alternativ )?[a-f](?:, [a-f])* och [a-f]',
  );
}

/**
 * Whether a prompt asks for what does not hold: "Vad stämmer inte?". A *nicht* within a subordinate clause
 * ("Vad gör att hon inte berättar?") is none.
 */
export function isNegated(prompt: string): boolean {
  const asked = prompt
    .split(/(?<=[.!?:])\s+/u)
    .filter((sentence) => /^(?:”)?(?:vad|vilk(?:en|et|a)|vem|vems|var|markera|välj)\b/iu.test(sentence));
  return asked.some((sentence) => {
    const main = sentence.split(
      /[,;]|(?<!\p{L})(?:att|som|när|om|eftersom|därför|medan|innan|där)(?!\p{L})/iu,
    )[0]!;
    return (
      says(main, 'inte|ej|aldrig|utom|förutom|felaktig[at]?|är fel') ||
      says(
        sentence,
        'som (?:inte|ej) (?:stämmer|är (?:rätt|sant|riktigt)|gäller|hör (?:dit|hit|hemma)|passar)|som är (?:fel|falskt|osant)',
      )
    );
  });
}

const VERDICT = new Set(
  'rätt fel korrekt ja nej bra det den detta är var stämmer inte helt alldeles svar svaret tyvärr precis exakt riktigt sant falskt felaktigt felaktig du har hade valde alternativet alternativ försök igen nästan jobbat'.split(
    ' ',
  ),
);

/** Whether feedback says no more than that the answer is right or wrong. */
export function isOnlyVerdict(feedback: string): boolean {
  const all = wordsOf(feedback);
  return all.length > 0 && all.every((word) => VERDICT.has(word));
}

const COUNTS: Record<string, number> = { ett: 1, en: 1, två: 2, tre: 3, fyra: 4, fem: 5 };

/** How many answers a prompt says are to be chosen: 2 for "Välj två." and "Vilka två …?"; null: none said. */
export function toldCount(prompt: string): number | null {
  const [, number = ''] =
    /(?<!\p{L})(?:välj|vilka|markera|kryssa i)\s+(?:de\s+)?(en|ett|två|tre|fyra|fem|[1-6])(?=\s*(?:svar|alternativ|rätta?)?\s*(?:[.!?)]|$|\p{L}))/iu.exec(
      prompt,
    ) ?? [];
  return number === '' ? null : (COUNTS[number.toLowerCase()] ?? Number(number));
}

/** Words too common to give an answer away. */
const COMMON = new Set(
  'säger säga gör göra henne honom hennes hans deras något någon några eller efter innan under genom finns skulle kunna vilket vilka själv själva också sedan eftersom aldrig alltid kommer andra annan annat varje samma första bäst klokast stämmer'.split(
    ' ',
  ),
);

/** The words of a text that carry its meaning, by how they begin: other endings are the same word. */
export function meaningfulWords(text: string): Map<string, string> {
  return new Map(
    wordsOf(text)
      .filter((word) => word.length >= 5 && !COMMON.has(word))
      .map((word) => [word.slice(0, 5), word]),
  );
}

const SMALL = new Set(
  'att en ett den det de i på till av med för och så då ju nu sin sitt sina dig hen'.split(' '),
);

/** Whether two answers say the same but for small words, or one letter. */
export function isTriviallyDifferent(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => wordsOf(text).filter((word) => !SMALL.has(word)));
  if (a!.length === 0 || b!.length === 0) return false;
  if (a!.join(' ') === b!.join(' ')) return true;
  const differing = a!.filter((word, index) => word !== b![index]);
  if (a!.length !== b!.length || a!.length < 3 || differing.length !== 1) return false;
  const [word = ''] = differing;
  const against = b![a!.indexOf(word)] ?? '';
  return !/\p{N}/u.test(word + against) && word.length > 4 && isOneLetterApart(word, against);
}

/** One letter added, left out or exchanged. */
function isOneLetterApart(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  const rest = short.length === long.length ? short.slice(start + 1) : short.slice(start);
  return rest === long.slice(start + 1);
}

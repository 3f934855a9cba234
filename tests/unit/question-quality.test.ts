import { describe, expect, test } from 'vitest';
import { requireContent } from '#src/features/documents/content-reader.ts';
import { reviewQuestions } from '#src/features/quiz/question-quality.ts';
import type { Question } from '#src/features/quiz/quiz.schema.ts';

const sections = [{ slug: 'forsta', title: 'Det första' }];

/** Options from texts; those that begin with `*` are right. */
function optionsFrom(texts: readonly string[]): Question['options'] {
  return texts.map((text, index) => ({
    id: 'abcdef'[index]!,
    text: text.replace(/^\*/, ''),
    ...(text.startsWith('*') ? { correct: true as const } : {}),
    feedback: `Det här är svar nummer ${index + 1}, och det får sina egna följder.`,
  }));
}

function question(texts: readonly string[], others: Partial<Question> = {}): Question {
  const options = optionsFrom(texts);
  const type = options.filter(({ correct }) => correct).length > 1 ? 'multiple' : 'single';
  return { id: 'q1', type, section: 'forsta', prompt: 'Du är orolig. Vad gör du?', options, ...others };
}

const calm = ['Frågar hur det är', '*Berättar för chefen', 'Väntar till i morgon'];

/** What is found in one question, as `rule field`. */
function findIn(one: Question): string[] {
  return reviewQuestions({ questions: [one] }, sections)
    .filter((found) => found.question)
    .map(({ rule, field }) => `${rule} ${field}`);
}

/** What is found in the check as a whole. */
function findInAll(questions: Question[], all = sections): string[] {
  return reviewQuestions({ questions }, all)
    .filter((found) => !found.question)
    .map(({ rule }) => rule);
}

test.each(requireContent('content').modules.map((module) => [module.slug, module] as const))(
  'Nothing is remarked on the questions of %s',
  (_slug, { quiz, sections: all }) => {
    const own = all.map(({ slug, meta }) => ({ slug, title: meta.title }));
    expect(reviewQuestions(quiz, own)).toEqual([]);
  },
);

test('Every remark says what to do about it', () => {
  const bad = question(['*', 'Alla ovanstående', 'Strunta i det'], {
    prompt: 'Vad är inte rätt?',
    section: '',
  });
  const found = reviewQuestions({ questions: [bad] }, sections);
  expect(found.length).toBeGreaterThan(3);
  for (const { message, suggestion } of found) {
    expect(message).toMatch(/[.?]$/);
    expect(suggestion).toMatch(/[.?]$/);
  }
});

describe('A right answer that its length gives away', () => {
  test('is found when it is clearly longer than the others', () => {
    const texts = [
      'Ringer hem',
      'Väntar lite',
      '*Pratar med chefen om det du har sett och hört, och anmäler',
    ];
    expect(findIn(question(texts))).toEqual(['right-longest options']);
  });

  test('is found when each of the right ones is', () => {
    const long = ['*Berättar för chefen vad du har sett', '*Skriver ner det med dagens datum'];
    expect(findIn(question([...long, 'Ringer hem', 'Väntar lite']))).toEqual(['right-longest options']);
  });

  test.each([
    ['somewhat longer', ['Frågar hur det är', '*Berättar för din chef i dag', 'Väntar till i morgon bitti']],
    ['much longer but short, as a number is', ['Två', 'Tre', '*Fjorton']],
    [
      'matched by one wrong answer',
      ['Nej', '*Berättar för din chef vad du har sett', 'Berättar för hela arbetslaget på mötet'],
    ],
    ['not written yet', ['Nej', '*', 'Kanske']],
  ])('is let be when it is %s', (_what, texts) => {
    expect(findIn(question(texts))).toEqual([]);
  });
});

describe('Wrong answers that nobody would choose', () => {
  test('are found when every one of them is cocksure', () => {
    const texts = ['Man ska alltid vänta först', '*Du berättar för chefen', 'Det är absolut inget för dig'];
    expect(findIn(question(texts))).toEqual(['one-plausible options']);
  });

  test('are let be when one of them is plausible, or the right one is as sure', () => {
    expect(findIn(question(['Man ska alltid vänta', '*Du berättar för chefen', 'Du frågar mamman']))).toEqual(
      [],
    );
    const sure = ['Du ska alltid vänta', '*Du ska aldrig fråga dem först', 'Du ska bara skriva ner det'];
    expect(findIn(question(sure))).toEqual([]);
  });

  test('are found when one makes fun of it', () => {
    const texts = ['Strunta i det', '*Berätta för chefen', 'Fråga en kollega'];
    expect(findIn(question(texts))).toEqual(['mocking-option options.a.text']);
  });

  test('are let be when the word stands in something that happens', () => {
    const texts = ['Frågar varför de skrattar', '*Berättar för chefen', 'Byter plats med pojken'];
    expect(findIn(question(texts))).toEqual([]);
  });
});

describe('An answer about the other answers', () => {
  test.each(['Alla ovanstående', 'Inget av alternativen', 'Både a och b', 'Alla svaren är rätt'])(
    'is found: %s',
    (text) => {
      expect(findIn(question(['Fråga en kollega', '*Berätta för chefen', text]))).toEqual([
        'about-others options.c.text',
      ]);
    },
  );

  test.each(['Alla i familjen', 'Frågar alla svarande', 'Ingen av dem behöver veta'])(
    'is not: %s',
    (text) => {
      expect(findIn(question(['Fråga en kollega', '*Berätta för chefen', text]))).toEqual([]);
    },
  );
});

describe('A prompt', () => {
  const prompted = (prompt: string) => findIn(question(calm, { prompt }));

  test.each([
    'Vad stämmer inte?',
    'En kollega är orolig. Vad ska du inte göra?',
    'Vilket av svaren är inte ett tecken?',
    'Markera det som inte stämmer.',
    'Vem har aldrig rätt att få veta?',
  ])('that asks for what does not hold is found: %s', (prompt) => {
    expect(prompted(prompt)).toEqual(['negated-prompt prompt']);
  });

  test.each([
    'Vad kan göra att någon inte ser sig som utsatt?',
    'Hon vill inte berätta. Vad gör du?',
    'Vad gör du om hon inte svarar?',
    'Varför får ni inte fråga familjen först?',
    '”Det är inte vårt bord”, säger han. Vad svarar du?',
  ])('with a negation elsewhere is let be: %s', (prompt) => {
    expect(prompted(prompt)).toEqual([]);
  });

  test('that is long is found, and so is a long sentence', () => {
    expect(prompted(`${'Hon sa det igen. '.repeat(15)}Vad gör du?`)).toEqual(['long-prompt prompt']);
    const sentence = `${'hon gick dit och '.repeat(7)}sedan kom hon hem. Vad gör du?`;
    expect(prompted(sentence)).toEqual(['long-sentence prompt']);
  });

  test('of long words is found', () => {
    const prompt =
      'Verksamhetens anmälningsskyldighet aktualiseras vid misstanke. Vilka handläggningsrutiner respektive sekretessbestämmelser behöver kommunens yrkesverksamma kontinuerligt uppmärksamma?';
    expect(prompted(prompt)).toEqual(['hard-prompt prompt']);
  });

  test('that tells another number of answers than there are right is found', () => {
    expect(prompted('Vad gör du? Välj två.')).toEqual(['told-count prompt']);
    const three = [
      '*Frågar henne i enrum',
      '*Berättar för chefen',
      '*Skriver ner det',
      'Ringer hem',
      'Väntar',
    ];
    expect(findIn(question(three, { prompt: 'Vilka två är kloka?' }))).toEqual(['told-count prompt']);
  });

  test.each(['Vad gör du? Välj tre.', 'Vilka av dem är kloka?', 'En av två systrar ringer. Vad gör du?'])(
    'that tells the right number, or none, is let be: %s',
    (prompt) => {
      const three = [
        '*Frågar henne i enrum',
        '*Berättar för chefen',
        '*Skriver ner det',
        'Ringer hem i dag',
        'Väntar en vecka',
      ];
      expect(findIn(question(three, { prompt }))).toEqual([]);
    },
  );

  test('whose words only the right answer repeats is found', () => {
    const prompt = 'Resursteamet ger konsultation. Vad är det?';
    const texts = [
      'Ett beslut om skydd för barnet',
      '*En konsultation som Resursteamet ger',
      'Polisens förhör med barnet',
    ];
    expect(findIn(question(texts, { prompt }))).toEqual(['echo options']);
  });

  test('with one word in common, or shared with a wrong answer, is let be', () => {
    const prompt = 'Resursteamet ger konsultation. Vad är det?';
    expect(findIn(question(['Beslut om skydd', '*En konsultation', 'Ett förhör'], { prompt }))).toEqual([]);
    const shared = [
      'Konsultation av Resursteamet om pengar',
      '*En konsultation som Resursteamet ger',
      'Ett förhör',
    ];
    expect(findIn(question(shared, { prompt }))).toEqual([]);
  });
});

describe('Answers', () => {
  test('of which all but one are right are found', () => {
    expect(findIn(question(['*Frågar henne', '*Berättar för chefen', 'Ringer hem']))).toEqual([
      'all-but-one-right options',
    ]);
  });

  test('to several of which one is right are found', () => {
    expect(findIn(question(calm, { type: 'multiple' }))).toEqual(['one-right-of-many type']);
  });

  test.each([
    ['Ringer till polisen', 'Ringer polisen'],
    ['Frågar barnet i enrum', 'Frågar barnen i enrum'],
  ])('that differ only trivially are found: %s and %s', (one, other) => {
    expect(findIn(question([one!, '*Berättar för chefen', other!]))).toEqual([
      'alike-options options.c.text',
    ]);
  });

  test.each([
    ['Ringer hem före mötet', 'Ringer hem efter mötet'],
    ['Inom 14 dagar från beslutet', 'Inom 10 dagar från beslutet'],
    ['Du får fråga henne', 'Du får inte fråga henne'],
    ['', ''],
  ])('that differ in the matter are let be: %s and %s', (one, other) => {
    expect(findIn(question([one, '*Berättar för chefen', other]))).toEqual([]);
  });
});

describe('Feedback', () => {
  const withFeedback = (...feedback: string[]) => {
    const one = question(calm);
    const options = one.options.map((option, index) => ({ ...option, feedback: feedback[index]! }));
    return findIn({ ...one, options });
  };

  test('that is missing, the same or only a verdict is found', () => {
    expect(withFeedback('', 'Hon kan bedöma det.', 'Det kan vara för sent.')).toEqual([
      'feedback-missing options.a.feedback',
    ]);
    expect(withFeedback('Det är för sent.', 'Hon kan bedöma det.', 'Det är för sent!')).toEqual([
      'feedback-same options.c.feedback',
    ]);
    expect(withFeedback('Fel!', 'Ja, det stämmer.', 'Det kan vara för sent.')).toEqual([
      'feedback-verdict options.a.feedback',
      'feedback-verdict options.b.feedback',
    ]);
  });

  test('that is short but says why is let be', () => {
    expect(withFeedback('Då vet familjen.', 'Rätt: chefen kan gå vidare.', 'Det är för sent.')).toEqual([]);
  });
});

describe('A check as a whole', () => {
  const places = (...right: number[]) =>
    right.map((place, index) =>
      question(
        ['Frågar vad som hänt', 'Väntar några dagar', 'Pratar med chefen', 'Talar med en vän'].map(
          (text, at) => (at === place ? `*${text}` : text),
        ),
        { id: `q${index}`, situation: true },
      ),
    );

  test('with the right answer mostly in one place is found', () => {
    expect(findInAll(places(1, 1, 1, 1, 1, 0, 2, 3))).toEqual(['same-position']);
    expect(findInAll(places(1, 1, 1, 1, 0, 0, 2, 3))).toEqual([]);
  });

  test('where the right answer is mostly the longest is found', () => {
    const slightly = ['Frågar hur det är', '*Berättar för chefen', 'Väntar till sen'];
    const moved = ['*Berättar för chefen', 'Frågar hur det är', 'Väntar till sen'];
    const evenly = ['Frågar hur det är', 'Väntar till sen', '*Berättar'];
    const build = (longest: number) =>
      Array.from({ length: 8 }, (_, index) =>
        question(index >= longest ? evenly : index % 2 ? moved : slightly, {
          id: `q${index}`,
          situation: true,
        }),
      );
    expect(findInAll(build(5))).toEqual(['right-often-longest']);
    expect(findInAll(build(4))).toEqual([]);
  });

  test('that is short, or has few situations, is found', () => {
    const few = [0, 1, 2, 3, 0, 1, 2];
    expect(findInAll(places(...few))).toEqual(['few-questions']);
    const situations = places(...few, 3).map(({ situation: _, ...one }, index) =>
      index < 2 ? { ...one, situation: true as const } : one,
    );
    expect(findInAll(situations)).toEqual(['few-situations']);
    expect(findInAll([])).toEqual(['few-questions']);
  });

  test('without a question on a section is found, by name', () => {
    const all = [...sections, { slug: 'andra', title: 'Det andra' }];
    const found = reviewQuestions({ questions: places(0, 1, 2, 3, 0, 1, 2, 3) }, all);
    expect(found).toMatchObject([{ rule: 'section-without-question' }]);
    expect(found[0]!.message).toContain('Det andra');
  });

  test('with a question on a section that is gone is found', () => {
    expect(findIn(question(calm, { section: 'borttaget' }))).toEqual(['unknown-section section']);
  });
});

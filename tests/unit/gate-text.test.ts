import { describe, expect, test } from 'vitest';
import { checkModule } from '#src/features/gate/check-module.ts';
import { findSplit, sentencesOf } from '#src/features/gate/sentences.ts';
import { aModule, check, FACTS, p, PAGES, rules, TODAY, withBlocks } from '../support/gate.ts';

describe('Readability', () => {
  const hard = (sentence: string) =>
    aModule(({ sections }) => {
      sections[0]!.body.content = Array.from({ length: 20 }, () => p(sentence));
    });

  test('is an error above LIX 50, advice from 45, and nothing below', () => {
    // 10 words, 4 and a half of them long: 10 + 45.
    expect(
      rules(hard('Vi talar om förvaltningens åtaganden beträffande verksamhetens utveckling och plan.')),
    ).toContain('error lix');
    expect(
      rules(
        hard('Alla i staden talar om förvaltningen, kommunfullmäktige, organisationen och utvecklingen där.'),
      ),
    ).toContain('warning lix');
    expect(rules(hard('Alla i staden talar ofta om hur det ska gå för förvaltningen där.'))).not.toContain(
      'warning lix',
    );
  });

  test('says nothing of a page of a few words', () => {
    const few = aModule(({ sections }) => {
      sections[0]!.body.content = [p('Kommunfullmäktiges förvaltningsövergripande samverkansdokument.')];
    });
    expect(rules(few)).not.toContain('error lix');
  });

  test('warns of a sentence of more than 25 words, and says where to divide it', () => {
    const words = (count: number) => Array.from({ length: count }, () => 'ord').join(' ');
    const [found] = check(withBlocks(p(`Det var ${words(12)}, och sedan kom ${words(12)}.`)));
    expect(found).toMatchObject({ rule: 'sentence-long', severity: 'warning', block: 0 });
    expect(found?.message).toContain('29 ord');
    expect(found?.suggestion).toBe(
      'Sätt punkt efter ”ord ord ord” och låt det som börjar ”och sedan kom” bli en egen mening.',
    );
    expect(check(withBlocks(p(`${words(25)}.`)))).toEqual([]);
  });

  test.each([
    ['Hon gick hem. Han kom.', 2],
    ['”Kom hit!” sa hon. Han kom.', 2],
    ['Vi har t.ex. en plan. Den är ny.', 2],
    ['Ring nr. 3 nu', 1],
    ['Hur gör du? Fråga!', 2],
    ['En rad\nen till', 2],
    ['', 0],
  ])('knows the sentences of %j', (text, count) => {
    expect(sentencesOf(text)).toHaveLength(count);
  });

  test('divides a sentence nowhere when a side would be short', () => {
    expect(findSplit('Ja, vi ser hur det går för henne i dag, tror jag')).toBeNull();
    expect(findSplit('Vi ser hur det går för henne; sedan frågar vi hur hon har det')).toEqual({
      before: 'går för henne',
      after: 'sedan frågar vi',
    });
  });

  test('warns of a paragraph of more than 90 words', () => {
    expect(rules(withBlocks(p('Vi ser hur det går. '.repeat(19).trim())))).toContain(
      'warning paragraph-long',
    );
    expect(check(withBlocks(p('Vi ser hur det går. '.repeat(18).trim())))).toEqual([]);
  });
});

describe('Words to avoid', () => {
  test.each([
    ['Hon är ett offer.', 'offer'],
    ['Offret berättade.', 'Offret'],
    ['Alla offrens ord.', 'offrens'],
    ['Flera hedersflickor kom.', 'hedersflickor'],
    ['Hedersflickornas vardag.', 'Hedersflickornas'],
    ['Det är en främmande kultur.', 'främmande kultur'],
    ['Främmande kulturers regler.', 'Främmande kulturers'],
    ['Vi vidtar åtgärder nu.', 'vidtar åtgärder'],
    ['Åtgärder ska vidtas. De vidtog åtgärder.', null],
    ['Hon blev försvenskat klädd.', 'försvenskat'],
  ])('are found in %j', (text, word) => {
    const found = check(withBlocks(p(text)));
    if (word === null) expect(found).toEqual([]);
    else {
      expect(found).toMatchObject([{ rule: 'avoided-word', severity: 'warning', block: 0 }]);
      expect(found[0]?.message).toContain(`”${word}”`);
    }
  });

  test.each([
    'Brottsoffermyndigheten svarar.',
    'Ett offert kom.',
    'Hon offrade mycket.',
    'Kulturförvaltningen svarar.',
    'Ring Centrum för offer och klienter.',
    'De säger att hon är ”försvenskad”.',
    'Det som kallas försvenskad.',
  ])('are not seen in %j', (text) => {
    expect(check(withBlocks(p(text)))).toEqual([]);
  });

  test('are found in titles, questions and feedback too', () => {
    const module = aModule(({ meta, quiz }) => {
      meta.lead = 'Om ett offer.';
      quiz.questions[0]!.options[0]!.feedback = 'Ett offer får berätta själv.';
    });
    const found = checkModule(module, { facts: FACTS, words: FACTS.words, today: TODAY, pages: PAGES });
    expect(found.filter(({ rule }) => rule === 'avoided-word')).toMatchObject([
      { part: 'modul', field: 'lead' },
      { part: 'kunskapskontroll', question: 'fraga-1' },
    ]);
  });
});

describe('Facts in running text', () => {
  test.each([
    ['Ring 020-50 50 50.', '020-50 50 50'],
    ['Ring 010-223 57 60 nu.', '010-223 57 60'],
    ['Ring +46 8 405 50 05.', '+46 8 405 50 05'],
    ['Ring 114 14.', '114 14'],
    ['Ring 116 111.', '116 111'],
    ['Enligt 19 kap. 1 § ska du anmäla.', '19 kap. 1 §'],
    ['Enligt 5 § gäller det.', '5 §'],
    ['Lagen (2025:400) gäller.', '(2025:400)'],
    ['Det var 9 % av dem.', '9 %'],
    ['Det var 63,4 procent.', '63,4 procent'],
  ])('are seen: %j', (text, shown) => {
    const found = check(withBlocks(p(text)));
    expect(found).toMatchObject([{ rule: 'loose-fact', severity: 'warning', block: 0 }]);
    expect(found[0]?.message).toContain(shown);
  });

  test.each([
    'Mellan 2021 och 2022 var de fler.',
    'Klockan 19.30 den 14 mars 2024.',
    'Hon är 15 år och går i 9 b.',
    'Del 4 och artikel 12.',
    'Några procentenheter fler.',
    'Skolan har 27 000 elever.',
  ])('are not seen in %j', (text) => {
    expect(check(withBlocks(p(text)))).toEqual([]);
  });
});

describe('A heads-up', () => {
  const heavy = 'De talade om våldtäkt och självmord.';

  test('stands where heavy things are named', () => {
    expect(check(withBlocks(p(heavy)))).toMatchObject([
      { rule: 'content-note', severity: 'warning', part: 'avsnitt/ett-avsnitt', field: 'contentNote' },
    ]);
  });

  test('is enough on the page, or on the module', () => {
    const onPage = withBlocks(p(heavy));
    onPage.sections[0]!.meta.contentNote = 'Avsnittet nämner våld.';
    const onModule = withBlocks(p(heavy));
    onModule.meta.contentNote = 'Delen nämner våld.';
    expect([...check(onPage), ...check(onModule)]).toEqual([]);
  });

  test.each(['Hon är stark och trygg.', 'Stryk meningen.', 'Moderns ord.'])(
    'is not asked for by %j',
    (text) => {
      expect(check(withBlocks(p(text)))).toEqual([]);
    },
  );
});

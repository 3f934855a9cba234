import { describe, expect, test } from 'vitest';
import type { Actor } from '#src/features/auth/auth.ts';
import { showDesk } from '#src/features/desk/desk.server.ts';
import { showModule } from '#src/features/desk/module-page.server.ts';
import { discardDraft } from '#src/features/editorial/drafts.server.ts';
import { holdPart } from '#src/features/editorial/save-part.server.ts';
import { POST as hall } from '#src/pages/redaktor/hall.ts';
import { POST as spara } from '#src/pages/redaktor/spara.ts';
import { addActor } from '../support/training.ts';
import {
  database,
  anna,
  bo,
  draftId,
  wait,
  moment,
  SECTION,
  FIRST,
  SECOND,
  text,
  save,
  partNow,
  revisionsOf,
  texts,
  useOpenDraft,
} from '../support/open-draft.ts';

useOpenDraft();

describe('Holding a part', () => {
  const hold = (actor: Actor, more = {}) => holdPart(actor, { draftId, part: SECTION, ...more });

  test('keeps others out for 90 seconds after the holder was last heard of', async () => {
    expect(await hold(anna)).toMatchObject({ kind: 'mine', revision: 1 });
    wait(1);
    expect(await hold(bo)).toEqual({
      kind: 'held',
      by: 'Anna Andersson',
      since: moment(-1).toISOString(),
    });
    await save(anna, 1, text('Jag skriver.'));
    wait(1);
    expect(await hold(bo)).toMatchObject({ kind: 'held' });
    wait(1);
    expect(await hold(bo)).toMatchObject({ kind: 'mine', revision: 2 });
  });

  test('ends when the holder lets go, and only she can', async () => {
    await hold(anna);
    await hold(bo, { release: true });
    expect(await hold(bo)).toMatchObject({ kind: 'held' });
    expect(await hold(anna, { release: true })).toEqual({ kind: 'released' });
    expect(await hold(bo)).toMatchObject({ kind: 'mine' });
  });

  test('that is taken over puts what the first one saves next aside', async () => {
    await hold(anna);
    expect(await hold(bo, { take: true })).toMatchObject({ kind: 'mine' });
    expect(await save(anna, 1, text('Annas.'))).toMatchObject({ kind: 'conflict', by: 'Bo Berg', kept: 2 });
    expect(await save(bo, 1, text('Bos.'))).toMatchObject({ kind: 'saved', revision: 3 });
    expect(texts(await revisionsOf())).toContain('Annas.');
  });

  test('is shown on the module’s page and on the desk', async () => {
    await hold(anna);
    const own = (await showModule(anna, 'prov')).draft!.parts.find(({ part }) => part === SECTION);
    const others = (await showModule(bo, 'prov')).draft!.parts.find(({ part }) => part === SECTION);
    expect([own?.holder, others?.holder]).toEqual(['me', { name: 'Anna Andersson' }]);
    const { modules } = await showDesk(bo);
    expect(modules.find(({ slug }) => slug === 'prov')).toMatchObject({
      state: 'writing',
      writers: ['Anna Andersson'],
    });
  });
});

describe('What the editor sends', () => {
  const post = (body: unknown) =>
    new Request('http://localhost/', {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const ask = async (route: typeof spara, actor: Actor | null, body: unknown) => {
    const context = { locals: { actor }, request: post(body) } as unknown as Parameters<typeof spara>[0];
    const response = await route(context);
    expect(response.headers.get('content-type')).toContain('application/json');
    return [response.status, ((await response.json()) as { kind: string }).kind];
  };
  const hold = (writer: Actor) => ({ draftId, part: SECTION, writer: writer.personId });
  const body = (writer: Actor, content: unknown, base = 1) => ({ ...hold(writer), base, content });

  test('is answered as JSON, with a status for each outcome', async () => {
    expect(await ask(spara, anna, body(anna, text('Annas.')))).toEqual([200, 'saved']);
    expect(await ask(hall, bo, hold(bo))).toEqual([423, 'held']);
    expect(await ask(hall, bo, { ...hold(bo), take: true })).toEqual([200, 'mine']);
    expect(await ask(hall, bo, { ...hold(bo), release: true })).toEqual([200, 'released']);
    expect(await ask(spara, bo, body(bo, text('Bos.')))).toEqual([409, 'conflict']);
    expect(await ask(spara, bo, body(bo, text(FIRST, SECOND), 1))).toEqual([200, 'merged']);
    expect(await ask(spara, bo, body(bo, 'x'))).toEqual([422, 'refused']);
    for (const unreadable of ['', '{', '[]', 'null', hold(anna), { ...body(anna, 1), draftId: -1 }])
      expect(await ask(spara, anna, unreadable)).toEqual([422, 'refused']);
    expect(await ask(hall, anna, 'draftId=1')).toEqual([422, 'refused']);
    await discardDraft(anna, draftId);
    expect(await ask(spara, anna, body(anna, text('Sent.')))).toEqual([410, 'closed']);
    expect(await ask(hall, anna, hold(anna))).toEqual([410, 'closed']);
  });

  test('by somebody who is signed out, or may not write, is answered as JSON too', async () => {
    const other = await addActor(database.db, { role: 'samordnare' });
    for (const route of [spara, hall]) {
      expect(await ask(route, null, body(anna, text('x')))).toEqual([401, 'signed-out']);
      expect(await ask(route, other, body(anna, text('x')))).toEqual([403, 'not-allowed']);
      expect(await ask(route, null, '{')).toEqual([401, 'signed-out']);
    }
  });

  test('from the page of somebody else than who has signed in since is not saved', async () => {
    expect(await ask(spara, bo, body(anna, text('Annas.')))).toEqual([401, 'signed-out']);
    expect(await ask(hall, bo, hold(anna))).toEqual([401, 'signed-out']);
    expect(await revisionsOf()).toHaveLength(1);
    expect(await partNow()).toMatchObject({ heldBy: null });
    expect(await ask(spara, anna, body(anna, text('Annas.')))).toEqual([200, 'saved']);
  });
});

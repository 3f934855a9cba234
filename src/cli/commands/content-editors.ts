import type { Database } from '#db/client.ts';
import { findEditorByEmail } from '#db/queries/accounts.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { contentCli as words } from '#src/i18n/content-cli.ts';
import { Refusal } from '../terminal.ts';

/**
 * The editor with an e-mail address, as one who asks.
 *
 * @throws Refusal when there is none; `option` is what gave the address.
 */
export async function requireEditor(db: Database, option: string, email: string): Promise<Actor> {
  const editor = await findEditorByEmail(db, email);
  if (!editor) throw new Refusal(words.noSuchEditor(option, email));
  return { ...editor, isManager: false };
}

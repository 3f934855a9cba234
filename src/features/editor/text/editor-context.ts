import { createContext, use } from 'react';

export type ShownKind = 'law' | 'contact' | 'figure';

/** A fact to choose among, as much as an editor needs to see of it. */
export interface FactChoice {
  id: string;
  title: string;
  text: string;
  /** Whether readers may meet it; `reason` says why not. */
  state: 'current' | 'stale' | 'unusable';
  reason?: string;
}

/** What a piece is to assistive technology: what belongs together, under a name. */
export const GROUP = { role: 'group' } as const;

export type FactChoices = Record<ShownKind, FactChoice[]>;

/** A page of the site to link to. */
export interface PageChoice {
  path: string;
  title: string;
}

/** What the pieces in the text need from around it. */
export interface EditorValues {
  facts: FactChoices;
  isReadOnly: boolean;
  announce(text: string): void;
  /** Opens the choice of a fact for the one at a position. */
  changeFact(kind: ShownKind, position: number, id: string): void;
  leave(): void;
}

export const EditorContext = createContext<EditorValues | null>(null);

/** @throws when a piece is shown outside an editor. */
export function useEditorValues(): EditorValues {
  const values = use(EditorContext);
  if (!values) throw new Error('a piece stands in an editor');
  return values;
}

import type { ReactNode } from 'react';
import type { SectionData } from '#src/features/courses/courses.schema.ts';
import { writing as words } from '#src/i18n/editor.ts';
import { limits } from '#src/lib/limits.ts';
import { LineField } from '../LineField.tsx';
import { MinutesField } from './MinutesField.tsx';

interface Props {
  about: Pick<SectionData, 'title' | 'lead' | 'minutes' | 'contentNote'>;
  mostMinutes: number;
  onChange(part: Partial<Props['about']>): void;
  /** Fields that stand after the lead. */
  children?: ReactNode;
}

/** What every page of a module says about itself: what it is called, what it gives, how long it takes. */
export function AboutFields({ about, mostMinutes, onChange, children }: Props) {
  return (
    <>
      <legend>{words.aboutTitle}</legend>
      <LineField
        id="title"
        label={words.title}
        value={about.title}
        maxLength={limits.attribute}
        onChange={(title) => onChange({ title })}
      />
      <LineField
        id="lead"
        label={words.lead}
        help={words.leadHelp}
        value={about.lead}
        maxLength={limits.sentence}
        onChange={(lead) => onChange({ lead })}
      />
      {children}
      <MinutesField value={about.minutes} most={mostMinutes} onChange={(minutes) => onChange({ minutes })} />
      <LineField
        id="contentNote"
        label={words.contentNote}
        help={words.contentNoteHelp}
        value={about.contentNote ?? ''}
        maxLength={limits.sentence}
        onChange={(contentNote) => onChange({ contentNote })}
      />
    </>
  );
}

import type { SectionData } from '#src/features/courses/courses.schema.ts';
import type { SectionPart } from '#src/features/documents/parts.ts';
import { writing as words } from '#src/i18n/editor.ts';
import { DraftStatus } from '../DraftStatus.tsx';
import { useAnnouncement, useFieldOfAddress, useFocusNext } from '../form-feedback.ts';
import { useDraftPart } from '../use-draft-part.ts';
import { AboutFields } from './AboutFields.tsx';
import { PageText } from './PageText.tsx';
import { SourcePicker } from './SourcePicker.tsx';
import type { WritingProps } from './writing.ts';

const MOST_MINUTES = 30;

/** Where a section is written: what it is called, its text, its sources. Saves itself. */
export function SectionEditor({ input, facts, sources, pages }: WritingProps<SectionPart>) {
  const draft = useDraftPart(input);
  const [said, announce] = useAnnouncement();
  const focusNext = useFocusNext();
  useFieldOfAddress(draft.isReadOnly);
  const { meta, body } = draft.content;
  const set = (part: Partial<SectionData>) => draft.change({ meta: { ...meta, ...part }, body });
  return (
    <div className="writing">
      <DraftStatus draft={draft} />
      <output className="visually-hidden">{said}</output>
      <fieldset disabled={draft.isReadOnly} className="writing-fields">
        <AboutFields about={meta} mostMinutes={MOST_MINUTES} onChange={set} />
      </fieldset>
      <PageText
        title={words.textTitle}
        body={body}
        draft={draft}
        facts={facts}
        pages={pages}
        onChange={(next) => draft.change({ meta, body: next })}
      />
      <fieldset disabled={draft.isReadOnly} className="writing-fields">
        <SourcePicker
          chosen={meta.sources}
          sources={sources}
          onChange={(ids) => set({ sources: ids })}
          announce={announce}
          focusNext={focusNext}
        />
      </fieldset>
    </div>
  );
}

import type { SectionData } from '#src/features/courses/courses.schema.ts';
import { limits } from '#src/lib/limits.ts';
import type { SectionPart } from '#src/features/documents/parts.ts';
import { writing as words } from '#src/i18n/editor.ts';
import { DraftStatus } from '../DraftStatus.tsx';
import { useAnnouncement, useFieldOfAddress, useFocusNext } from '../form-feedback.ts';
import { LineField } from '../LineField.tsx';
import { TextEditor } from '../text/TextEditor.tsx';
import { useDraftPart } from '../use-draft-part.ts';
import { MinutesField } from './MinutesField.tsx';
import { SourcePicker } from './SourcePicker.tsx';
import { TextMeasures } from './TextMeasures.tsx';
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
        <legend>{words.aboutTitle}</legend>
        <LineField
          id="title"
          label={words.title}
          value={meta.title}
          maxLength={limits.attribute}
          onChange={(title) => set({ title })}
        />
        <LineField
          id="lead"
          label={words.lead}
          help={words.leadHelp}
          value={meta.lead}
          maxLength={limits.sentence}
          onChange={(lead) => set({ lead })}
        />
        <MinutesField value={meta.minutes} most={MOST_MINUTES} onChange={(minutes) => set({ minutes })} />
        <LineField
          id="contentNote"
          label={words.contentNote}
          help={words.contentNoteHelp}
          value={meta.contentNote ?? ''}
          maxLength={limits.sentence}
          onChange={(contentNote) => set({ contentNote })}
        />
      </fieldset>
      <div className="writing-text">
        <section aria-labelledby="texten">
          <h2 id="texten">{words.textTitle}</h2>
          <TextEditor
            body={body}
            loaded={draft.loaded}
            isReadOnly={draft.isReadOnly}
            labelledBy="texten"
            facts={facts}
            pages={pages}
            onChange={(next) => draft.change({ meta, body: next })}
          />
        </section>
        <TextMeasures body={body} />
      </div>
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

import type { ModuleData } from '#src/features/courses/courses.schema.ts';
import { limits } from '#src/lib/limits.ts';
import type { ModulePart } from '#src/features/documents/parts.ts';
import { writing as words } from '#src/i18n/editor.ts';
import { DraftStatus } from '../DraftStatus.tsx';
import { useAnnouncement, useFieldOfAddress, useFocusNext } from '../form-feedback.ts';
import { LineField } from '../LineField.tsx';
import { TextEditor } from '../text/TextEditor.tsx';
import { TextList } from '../TextList.tsx';
import { useDraftPart } from '../use-draft-part.ts';
import { MinutesField } from './MinutesField.tsx';
import { SourcePicker } from './SourcePicker.tsx';
import { TextMeasures } from './TextMeasures.tsx';
import type { WritingProps } from './writing.ts';

const MOST_MINUTES = 120;

/** Where a module's introduction is written: what it is called, for whom, its goals, its text. Saves itself. */
export function ModuleEditor({ input, facts, sources, pages }: WritingProps<ModulePart>) {
  const draft = useDraftPart(input);
  const [said, announce] = useAnnouncement();
  const focusNext = useFocusNext();
  useFieldOfAddress(draft.isReadOnly);
  const { meta, intro } = draft.content;
  const set = (part: Partial<ModuleData>) => draft.change({ meta: { ...meta, ...part }, intro });
  const lists = { longest: limits.sentence, isQuestion: false, announce, focusNext };
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
        {meta.part === undefined && (
          <LineField
            id="audience"
            label={words.audience}
            help={words.audienceHelp}
            value={meta.audience ?? ''}
            maxLength={limits.sentence}
            onChange={(audience) => set({ audience })}
          />
        )}
        <MinutesField value={meta.minutes} most={MOST_MINUTES} onChange={(minutes) => set({ minutes })} />
        <LineField
          id="contentNote"
          label={words.contentNote}
          help={words.contentNoteHelp}
          value={meta.contentNote ?? ''}
          maxLength={limits.sentence}
          onChange={(contentNote) => set({ contentNote })}
        />
        <TextList
          {...lists}
          id="goals"
          title={words.goals}
          help={words.goalsHelp}
          name={words.goal}
          texts={meta.goals}
          limits={{ least: 0, most: 5 }}
          onChange={(goals) => set({ goals })}
        />
      </fieldset>
      <div className="writing-text">
        <section aria-labelledby="texten">
          <h2 id="texten">{words.introTitle}</h2>
          <p className="help">{words.introHelp}</p>
          <TextEditor
            body={intro}
            loaded={draft.loaded}
            isReadOnly={draft.isReadOnly}
            labelledBy="texten"
            facts={facts}
            pages={pages}
            onChange={(next) => draft.change({ meta, intro: next })}
          />
        </section>
        <TextMeasures body={intro} />
      </div>
      <fieldset disabled={draft.isReadOnly} className="writing-fields">
        <TextList
          {...lists}
          id="summary"
          title={words.summary}
          help={words.summaryHelp}
          name={words.sentence}
          texts={meta.summary}
          limits={{ least: 0, most: 6 }}
          onChange={(summary) => set({ summary })}
        />
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

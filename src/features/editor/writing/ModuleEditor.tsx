import type { ModuleData } from '#src/features/courses/courses.schema.ts';
import { limits } from '#src/lib/limits.ts';
import type { ModulePart } from '#src/features/documents/parts.ts';
import { writing as words } from '#src/i18n/editor.ts';
import { DraftStatus } from '../DraftStatus.tsx';
import { useAnnouncement, useFieldOfAddress, useFocusNext } from '../form-feedback.ts';
import { LineField } from '../LineField.tsx';
import { TextList } from '../TextList.tsx';
import { useDraftPart } from '../use-draft-part.ts';
import { AboutFields } from './AboutFields.tsx';
import { PageText } from './PageText.tsx';
import { SourcePicker } from './SourcePicker.tsx';
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
        <AboutFields about={meta} mostMinutes={MOST_MINUTES} onChange={set}>
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
        </AboutFields>
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
      <PageText
        title={words.introTitle}
        help={words.introHelp}
        body={intro}
        draft={draft}
        facts={facts}
        pages={pages}
        onChange={(next) => draft.change({ meta, intro: next })}
      />
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

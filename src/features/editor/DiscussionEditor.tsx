import { useState } from 'react';
import type { Discussion } from '#src/features/courses/courses.schema.ts';
import { discussionEditor as words } from '#src/i18n/quiz-editor.ts';
import {
  ADVICE,
  alignDiscussion,
  changeSection,
  CLOSING,
  emptyDiscussion,
  LONGEST_ADVICE,
  LONGEST_QUESTION,
  QUESTIONS,
} from './discussion-edit.ts';
import type { DraftPartInput } from './draft-part.ts';
import { DraftStatus } from './DraftStatus.tsx';
import { useAnnouncement, useFieldOfAddress, useFocusNext } from './form-feedback.ts';
import type { SectionChoice } from './QuestionEditor.tsx';
import { RemovedNote } from './RemovedNote.tsx';
import { TextList } from './TextList.tsx';
import { useDraftPart } from './use-draft-part.ts';

interface Props extends DraftPartInput<Discussion | null> {
  /** The sections of the module, in order. */
  sections: SectionChoice[];
}

const REMOVED = 'borttagna-samtalsfragor';

/** The form of what a workplace talks about when it goes through the module together. It saves itself. */
export function DiscussionEditor({ sections, ...input }: Props) {
  const draft = useDraftPart<Discussion | null>(input);
  const [removed, setRemoved] = useState<Discussion | null>(null);
  const [said, announce] = useAnnouncement();
  const focusNext = useFocusNext();
  useFieldOfAddress(draft.isReadOnly);
  const discussion = draft.content && alignDiscussion(draft.content, sections);

  function begin(first: Discussion, message = '') {
    draft.change(first);
    setRemoved(null);
    focusNext('rad-0');
    announce(message);
  }

  function removeAll() {
    setRemoved(discussion);
    draft.change(null);
    focusNext(REMOVED);
  }

  return (
    <div className="quiz-editor">
      <DraftStatus draft={draft} />
      <output className="visually-hidden">{said}</output>
      <fieldset disabled={draft.isReadOnly}>
        {discussion ? (
          <DiscussionFields
            key={draft.loaded}
            discussion={discussion}
            sections={sections}
            onChange={draft.change}
            announce={announce}
            focusNext={focusNext}
          />
        ) : (
          <>
            {removed && (
              <RemovedNote
                id={REMOVED}
                text={words.removedAll}
                undo={words.undo}
                onUndo={() => begin(removed, words.restored)}
              />
            )}
            <p>{words.none}</p>
            <button type="button" className="button" onClick={() => begin(emptyDiscussion(sections))}>
              {words.start}
            </button>
          </>
        )}
        {discussion && (
          <p>
            <button type="button" className="button plain" onClick={removeAll}>
              {words.removeAll}
            </button>
          </p>
        )}
      </fieldset>
    </div>
  );
}

interface FieldsProps {
  discussion: Discussion;
  sections: SectionChoice[];
  onChange(next: Discussion): void;
  announce(text: string): void;
  focusNext(id: string): void;
}

function DiscussionFields({ discussion, sections, onChange, announce, focusNext }: FieldsProps) {
  const titleOf = (slug: string) => sections.find((section) => section.slug === slug)?.title;
  const common = { announce, focusNext };
  return (
    <>
      <TextList
        {...common}
        id="rad"
        title={words.adviceTitle}
        help={words.adviceHelp}
        name={words.advice}
        texts={discussion.advice}
        limits={ADVICE}
        longest={LONGEST_ADVICE}
        isQuestion={false}
        onChange={(advice) => onChange({ ...discussion, advice })}
      />
      {discussion.sections.map(({ section, questions }) => {
        const title = titleOf(section);
        return (
          <TextList
            {...common}
            key={section}
            id={`samtal-${section}`}
            title={title === undefined ? words.goneTitle : words.sectionTitle(title)}
            help={title === undefined ? words.goneHelp : words.sectionHelp}
            name={words.question}
            texts={questions}
            limits={title === undefined ? { ...QUESTIONS, least: 0 } : QUESTIONS}
            longest={LONGEST_QUESTION}
            isQuestion
            onChange={(texts) => onChange(changeSection(discussion, section, texts))}
          />
        );
      })}
      <TextList
        {...common}
        id="avslut"
        title={words.closingTitle}
        help={words.closingHelp}
        name={words.question}
        texts={discussion.closing}
        limits={CLOSING}
        longest={LONGEST_QUESTION}
        isQuestion
        onChange={(closing) => onChange({ ...discussion, closing })}
      />
    </>
  );
}

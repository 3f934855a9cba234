import { Fragment, useEffect, useMemo, useState } from 'react';
import { questionAnchor } from '#src/features/quiz/quiz-form.ts';
import { reviewQuestions } from '#src/features/quiz/question-quality.ts';
import type { Question, Quiz } from '#src/features/quiz/quiz.schema.ts';
import { quizEditor as words } from '#src/i18n/quiz-editor.ts';
import { AdviceList } from './AdviceList.tsx';
import type { DraftPartInput } from './draft-part.ts';
import { DraftStatus } from './DraftStatus.tsx';
import { useAnnouncement, useFocusNext, useSettled } from './form-feedback.ts';
import { PassMark } from './PassMark.tsx';
import { QuestionEditor, type SectionChoice } from './QuestionEditor.tsx';
import {
  changeQuestion,
  copyQuestion,
  emptyQuestion,
  insertQuestion,
  MOST_QUESTIONS,
  moveQuestion,
  removeQuestion,
} from './quiz-edit.ts';
import { RemovedNote } from './RemovedNote.tsx';
import { useDraftPart } from './use-draft-part.ts';

interface Props extends DraftPartInput<Quiz> {
  /** The sections of the module, in order. */
  sections: SectionChoice[];
  /** The questions that people have answered, by id. */
  publishedIds: string[];
}

const PAUSE_MS = 700;
const REMOVED = 'borttagen-fraga';

/** The form of a knowledge check. What is written saves itself; advice stands beside each question. */
export function QuizEditor({ sections, publishedIds, ...input }: Props) {
  const draft = useDraftPart<Quiz>(input);
  const { content: quiz } = draft;
  const { questions } = quiz;
  const settled = useSettled(quiz, PAUSE_MS);
  const advice = useMemo(() => reviewQuestions(settled, sections), [settled, sections]);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [removed, setRemoved] = useState<{ question: Question; at: number } | null>(null);
  const [said, announce] = useAnnouncement();
  const focusNext = useFocusNext();
  const isFull = questions.length >= MOST_QUESTIONS;
  const isAllOpen = questions.length > 0 && questions.every(({ id }) => opened.has(id));

  const open = (id: string, isOpen = true) =>
    setOpened((before) => {
      if (before.has(id) === isOpen) return before;
      const next = new Set(before);
      if (isOpen) next.add(id);
      else next.delete(id);
      return next;
    });

  // A link to a question leads to where it is written.
  useEffect(() => {
    const follow = () => {
      const aimed = questions.find(({ id }) => location.hash === `#${questionAnchor(id)}`);
      if (!aimed) return;
      open(aimed.id);
      focusNext(`${questionAnchor(aimed.id)}-rubrik`);
    };
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
    // Only when the text is another one: each key pressed would lead back there.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [draft.loaded]);

  /** Puts a question in, open, with the focus in its text. */
  function put(question: Question, at: number, what: string) {
    if (isFull) return announce(words.full(MOST_QUESTIONS));
    draft.change(insertQuestion(quiz, question, at));
    setRemoved(null);
    open(question.id);
    focusNext(`${questionAnchor(question.id)}-fraga`);
    announce(what);
  }

  function move(id: string, by: 1 | -1) {
    const next = moveQuestion(quiz, id, by);
    draft.change(next);
    setRemoved(null);
    focusNext(`${questionAnchor(id)}-${by < 0 ? 'upp' : 'ner'}`);
    announce(words.moved(next.questions.findIndex((one) => one.id === id) + 1, questions.length));
  }

  function remove(question: Question, at: number) {
    draft.change(removeQuestion(quiz, question.id));
    setRemoved({ question, at });
    focusNext(REMOVED);
  }

  function countAnew(question: Question) {
    const copy = copyQuestion(quiz, question);
    draft.change(changeQuestion(quiz, question.id, { id: copy.id }));
    open(copy.id);
    focusNext(`${questionAnchor(copy.id)}-rubrik`);
    announce(words.countedAnew);
  }

  const note = removed && (
    <RemovedNote
      id={REMOVED}
      text={words.removed(removed.at + 1)}
      undo={words.undo}
      onUndo={() => put(removed.question, removed.at, words.restored(removed.at + 1))}
    />
  );
  const ofAll = advice.filter(({ question }) => question === undefined);
  return (
    <div className="quiz-editor">
      <DraftStatus draft={draft} />
      <output className="visually-hidden">{said}</output>
      <fieldset disabled={draft.isReadOnly}>
        <section aria-labelledby="for-godkant">
          <h2 id="for-godkant">{words.passTitle}</h2>
          <PassMark
            key={draft.loaded}
            quiz={quiz}
            onChange={(passMark) => draft.change({ ...quiz, passMark })}
          />
        </section>
        <section aria-labelledby="fragor">
          <h2 id="fragor">{words.questionsTitle}</h2>
          <p className="help">{words.questionsHelp}</p>
          {publishedIds.length > 0 && (
            <details className="question-try">
              <summary>{words.countingTitle}</summary>
              <p>{words.counting}</p>
            </details>
          )}
          {ofAll.length > 0 && (
            <section className="advice-all" aria-labelledby="att-se-over">
              <h3 id="att-se-over">{words.checkTitle}</h3>
              <AdviceList id="att-se-over-rad" advice={ofAll} />
            </section>
          )}
          {questions.length === 0 && !removed && <p>{words.empty}</p>}
          {questions.length > 1 && (
            <button
              type="button"
              className="button plain"
              onClick={() => setOpened(new Set(isAllOpen ? [] : questions.map(({ id }) => id)))}
            >
              {isAllOpen ? words.closeAll : words.openAll}
            </button>
          )}
          <div className="question-list">
            {questions.map((question, index) => (
              <Fragment key={question.id}>
                {removed?.at === index && note}
                <QuestionEditor
                  question={question}
                  number={index + 1}
                  of={questions.length}
                  sections={sections}
                  advice={advice.filter((one) => one.question === question.id)}
                  isOpen={opened.has(question.id)}
                  isPublished={publishedIds.includes(question.id)}
                  onOpen={(isOpen) => open(question.id, isOpen)}
                  onChange={(change) => draft.change(changeQuestion(quiz, question.id, change))}
                  onMove={(by) => move(question.id, by)}
                  onCopy={() =>
                    put(copyQuestion(quiz, question), index + 1, words.copied(index + 1, index + 2))
                  }
                  onRemove={() => remove(question, index)}
                  onCountAnew={() => countAnew(question)}
                  announce={announce}
                  focusNext={focusNext}
                />
              </Fragment>
            ))}
            {removed && removed.at >= questions.length && note}
          </div>
          <p>
            <button
              type="button"
              className="button quiet"
              aria-disabled={isFull}
              onClick={() =>
                put(
                  emptyQuestion(quiz, questions.at(-1)?.section ?? sections[0]?.slug ?? ''),
                  questions.length,
                  words.added(questions.length + 1),
                )
              }
            >
              {words.add}
            </button>
          </p>
        </section>
      </fieldset>
    </div>
  );
}

import type { Advice } from '#src/features/quiz/question-rules.ts';
import { questionAnchor } from '#src/features/quiz/quiz-form.ts';
import type { Question } from '#src/features/quiz/quiz.schema.ts';
import { quizEditor as words } from '#src/i18n/quiz-editor.ts';
import { AdviceList } from './AdviceList.tsx';
import { ItemButtons } from './ItemButtons.tsx';
import { LineField } from './LineField.tsx';
import { QuestionOptions } from './QuestionOptions.tsx';
import { QuestionPreview } from './QuestionPreview.tsx';
import { changeType, LONGEST_TEXT, unfinishedIn } from './quiz-edit.ts';

export interface SectionChoice {
  slug: string;
  title: string;
}

interface Props {
  question: Question;
  number: number;
  of: number;
  sections: readonly SectionChoice[];
  advice: readonly Advice[];
  isOpen: boolean;
  /** Whether people have answered it: then a new meaning is a new question. */
  isPublished: boolean;
  onOpen(isOpen: boolean): void;
  onChange(change: Partial<Question>): void;
  onMove(by: 1 | -1): void;
  onCopy(): void;
  onRemove(): void;
  onCountAnew(): void;
  announce(text: string): void;
  focusNext(id: string): void;
}

/** One question: folded together to its first line, or open to be written. */
export function QuestionEditor(props: Props) {
  const { question, number, of, advice, isOpen } = props;
  const toDo = words.toDo(unfinishedIn(question));
  const anchor = questionAnchor(question.id);
  return (
    <details
      className="question-editor"
      id={anchor}
      open={isOpen}
      onToggle={(event) => props.onOpen(event.currentTarget.open)}
    >
      <summary id={`${anchor}-rubrik`}>
        <span className="kicker">{words.question(number)}</span>
        <span className="question-line">{question.prompt.trim() || words.unwritten}</span>
        <span className="question-state">
          <span className={toDo ? 'status warn' : 'status done'}>
            {toDo ? words.unfinished : words.finished}
          </span>
          {advice.length > 0 && <span className="advice-count">{words.adviceCount(advice.length)}</span>}
        </span>
      </summary>
      {isOpen && (
        <fieldset className="question-body" aria-label={words.question(number)}>
          <ItemButtons
            what={words.question(number)}
            id={anchor}
            isFirst={number === 1}
            isLast={number === of}
            onMove={props.onMove}
            onCopy={props.onCopy}
            onRemove={props.onRemove}
            onRefused={props.announce}
          />
          {toDo && <p className="to-do">{toDo}</p>}
          <QuestionFields {...props} anchor={anchor} />
          <QuestionOptions
            question={question}
            number={number}
            anchor={anchor}
            advice={advice}
            onChange={(options) => props.onChange({ options })}
            announce={props.announce}
            focusNext={props.focusNext}
          />
          <details className="question-try">
            <summary>{words.preview}</summary>
            <QuestionPreview question={question} number={number} />
          </details>
          {props.isPublished && (
            <p className="count-anew">
              <button type="button" className="button plain" onClick={props.onCountAnew}>
                {words.countAnew}
                <span className="visually-hidden">{words.of(words.question(number))}</span>
              </button>
            </p>
          )}
        </fieldset>
      )}
    </details>
  );
}

/** What is asked, of what kind the question is and where the answer stands. */
function QuestionFields({ question, sections, advice, anchor, ...on }: Props & { anchor: string }) {
  const about = (field: string) => advice.filter((one) => one.field === field);
  const isGone = question.section !== '' && !sections.some(({ slug }) => slug === question.section);

  function setType(type: Question['type']) {
    const right = question.options.filter(({ correct }) => correct).length;
    on.onChange(changeType(question, type));
    if (type === 'single' && right > 1) on.announce(words.narrowed);
  }

  return (
    <>
      <LineField
        id={`${anchor}-fraga`}
        label={words.prompt}
        help={words.promptHelp}
        value={question.prompt}
        maxLength={LONGEST_TEXT}
        advice={about('prompt')}
        onChange={(prompt) => on.onChange({ prompt })}
      />
      <div className="question-choices">
        <div className="line-field">
          <label htmlFor={`${anchor}-sort`}>{words.type}</label>
          <select
            id={`${anchor}-sort`}
            value={question.type}
            aria-describedby={`${anchor}-sort-hjalp ${anchor}-sort-rad`}
            onChange={(event) => setType(event.target.value as Question['type'])}
          >
            <option value="single">{words.types.single}</option>
            <option value="multiple">{words.types.multiple}</option>
          </select>
          <p className="help" id={`${anchor}-sort-hjalp`}>
            {words.typeHelp}
          </p>
          <AdviceList id={`${anchor}-sort-rad`} advice={about('type')} />
        </div>
        <div className="line-field">
          <label htmlFor={`${anchor}-avsnitt`}>{words.section}</label>
          <select
            id={`${anchor}-avsnitt`}
            value={question.section}
            aria-describedby={`${anchor}-avsnitt-hjalp ${anchor}-avsnitt-rad`}
            onChange={(event) => on.onChange({ section: event.target.value })}
          >
            <option value="">{words.chooseSection}</option>
            {isGone && <option value={question.section}>{words.goneSection}</option>}
            {sections.map(({ slug, title }) => (
              <option key={slug} value={slug}>
                {title}
              </option>
            ))}
          </select>
          <p className="help" id={`${anchor}-avsnitt-hjalp`}>
            {words.sectionHelp}
          </p>
          <AdviceList id={`${anchor}-avsnitt-rad`} advice={about('section')} />
        </div>
      </div>
      <label className="tick">
        <input
          type="checkbox"
          checked={question.situation ?? false}
          onChange={(event) => on.onChange({ situation: event.target.checked ? true : undefined })}
        />
        <span>{words.situation}</span>
      </label>
    </>
  );
}

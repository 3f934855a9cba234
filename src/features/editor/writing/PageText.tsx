import type { Body } from '#src/features/documents/body.ts';
import type { FactChoices, PageChoice } from '../text/editor-context.ts';
import { TextEditor } from '../text/TextEditor.tsx';
import type { DraftPart } from '../use-draft-part.ts';
import { TextMeasures } from './TextMeasures.tsx';

interface Props {
  title: string;
  help?: string;
  body: Body;
  draft: Pick<DraftPart<unknown>, 'loaded' | 'isReadOnly'>;
  facts: FactChoices;
  pages: PageChoice[];
  onChange(body: Body): void;
}

/** The text of a page under its heading, and beside it how it reads. */
export function PageText({ title, help, body, draft, facts, pages, onChange }: Props) {
  return (
    <div className="writing-text">
      <section aria-labelledby="texten">
        <h2 id="texten">{title}</h2>
        {help && <p className="help">{help}</p>}
        <TextEditor
          body={body}
          loaded={draft.loaded}
          isReadOnly={draft.isReadOnly}
          labelledBy="texten"
          facts={facts}
          pages={pages}
          onChange={onChange}
        />
      </section>
      <TextMeasures body={body} />
    </div>
  );
}

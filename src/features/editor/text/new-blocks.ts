import type { Node as DocNode, Schema } from '@tiptap/pm/model';

/** A block as it is when it has just been added: with the parts it needs, all empty. */
export function blockFor(schema: Schema, type: string, attrs: Record<string, unknown> = {}): DocNode {
  const make = (name: string, attributes: Record<string, unknown> | null, content: DocNode[] = []) =>
    schema.nodes[name]!.create(attributes, content);
  const empty = () => make('paragraph', null);
  const cell = (name: string) => make(name, null, [empty()]);
  const row = (name: string) => make('tableRow', null, [cell(name), cell(name)]);
  switch (type) {
    case 'case':
      return make('case', attrs, [
        empty(),
        make('choice', { verdict: 'good' }, [empty()]),
        make('choice', { verdict: 'risky' }, [empty()]),
      ]);
    case 'quickCheck':
      return make('quickCheck', attrs, [
        make('option', { correct: true }, [empty()]),
        make('option', { correct: false }, [empty()]),
      ]);
    case 'workVariants':
      return make('workVariants', null, [
        make('work', { for: 'forskola' }, [empty()]),
        make('work', { for: 'skola' }, [empty()]),
      ]);
    case 'table':
      return make('table', null, [row('tableHeader'), row('tableCell'), row('tableCell')]);
    case 'bulletList':
    case 'orderedList':
      return make(type, null, [make('listItem', null, [empty()])]);
    case 'law':
    case 'contact':
    case 'figure':
    case 'image':
      return make(type, attrs);
    default:
      return make(type, attrs, [empty()]);
  }
}

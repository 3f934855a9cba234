import { Fragment, type Node as DocNode, type NodeType, type ResolvedPos } from '@tiptap/pm/model';
import {
  NodeSelection,
  Selection,
  TextSelection,
  type EditorState,
  type Transaction,
} from '@tiptap/pm/state';

type Dispatch = ((tr: Transaction) => void) | undefined;

/** What holds blocks that can be moved, removed and added by themselves. */
const HOLDERS = new Set([
  'doc',
  'factBox',
  'case',
  'choice',
  'quickCheck',
  'option',
  'workVariants',
  'work',
  'reflection',
  'takeAway',
  'bulletList',
  'orderedList',
]);
/** Parts of a piece: one leaves the whole piece, not the part. */
const PARTS = new Set(['choice', 'option', 'work']);

interface Place {
  node: DocNode;
  /** Before the node. */
  position: number;
  holder: DocNode;
  index: number;
}

/** The innermost block that the selection is in: a paragraph, a list item, a choice, a whole piece. */
export function currentBlock(state: EditorState): Place {
  const { selection } = state;
  if (selection instanceof NodeSelection && HOLDERS.has(selection.$from.parent.type.name)) {
    return {
      node: selection.node,
      position: selection.from,
      holder: selection.$from.parent,
      index: selection.$from.index(),
    };
  }
  return placeAt(selection.$from);
}

function placeAt($position: ResolvedPos): Place {
  let depth = $position.depth;
  while (depth > 1 && !HOLDERS.has($position.node(depth - 1).type.name)) depth -= 1;
  if (depth === 0) {
    // Between two blocks: the one after, else the one before.
    const index = Math.min($position.index(), $position.doc.childCount - 1);
    return {
      node: $position.doc.child(index),
      position: $position.posAtIndex(index),
      holder: $position.doc,
      index,
    };
  }
  return {
    node: $position.node(depth),
    position: $position.before(depth),
    holder: $position.node(depth - 1),
    index: $position.index(depth - 1),
  };
}

/** The names of the blocks that the selection is in, from the outermost in: `['case', 'choice', 'paragraph']`. */
export function blockPath(state: EditorState): string[] {
  const { $from } = state.selection;
  const path: string[] = [];
  for (let depth = 1; depth <= $from.depth; depth += 1) path.push($from.node(depth).type.name);
  if (state.selection instanceof NodeSelection) path.push(state.selection.node.type.name);
  return path;
}

export type Moved = 'moved' | 'first' | 'last';

/** Moves the current block past its neighbour; the selection goes along. */
export function moveBlock(state: EditorState, dispatch: Dispatch, by: 1 | -1): Moved {
  const { node, position, holder, index } = currentBlock(state);
  const edge = by < 0 ? 'first' : 'last';
  const neighbour = holder.maybeChild(index + by);
  if (!neighbour) return edge;
  const from = by < 0 ? position - neighbour.nodeSize : position;
  const pair = by < 0 ? [node, neighbour] : [neighbour, node];
  if (!isValidPair(holder, by < 0 ? index - 1 : index, pair)) return edge;
  const shift = by < 0 ? -neighbour.nodeSize : neighbour.nodeSize;
  const { selection } = state;
  const tr = state.tr.replaceWith(from, from + node.nodeSize + neighbour.nodeSize, pair);
  tr.setSelection(
    selection instanceof NodeSelection && selection.from === position
      ? NodeSelection.create(tr.doc, position + shift)
      : TextSelection.between(
          tr.doc.resolve(selection.anchor + shift),
          tr.doc.resolve(selection.head + shift),
        ),
  );
  dispatch?.(tr.scrollIntoView());
  return 'moved';
}

const isValidPair = (holder: DocNode, index: number, pair: DocNode[]): boolean =>
  holder.canReplace(index, index + 2, Fragment.from(pair));

/** Removes the current block; the last one in a piece or list takes that along. What cannot be missing is emptied. */
export function removeBlock(state: EditorState, dispatch: Dispatch): string {
  let place = currentBlock(state);
  while (place.holder.childCount === 1 && place.holder.type.name !== 'doc') {
    const $position = state.doc.resolve(place.position);
    place = placeAt($position.doc.resolve($position.before() + 1));
  }
  const { node, position, holder, index } = place;
  const end = position + node.nodeSize;
  const tr = state.tr;
  if (holder.canReplace(index, index + 1)) tr.delete(position, end);
  else tr.replaceWith(position, end, state.schema.nodes['paragraph']!.create());
  tr.setSelection(Selection.near(tr.doc.resolve(Math.min(position + 1, tr.doc.content.size)), -1));
  dispatch?.(tr.scrollIntoView());
  return node.type.name;
}

/**
 * Puts a block after the current one, or in its place where that is an empty paragraph: as near as it may
 * stand. Returns its position.
 */
export function insertBlock(state: EditorState, dispatch: Dispatch, node: DocNode): number | null {
  let place = currentBlock(state);
  for (;;) {
    const { holder, index, position, node: here } = place;
    const isEmpty = here.type.name === 'paragraph' && here.content.size === 0;
    if (isEmpty && holder.canReplaceWith(index, index + 1, node.type)) {
      return dispatched(state.tr.replaceWith(position, position + here.nodeSize, node), position, dispatch);
    }
    if (holder.canReplaceWith(index + 1, index + 1, node.type) && !isList(holder)) {
      const after = position + here.nodeSize;
      return dispatched(state.tr.insert(after, node), after, dispatch);
    }
    if (holder.type.name === 'doc') return null;
    const $position = state.doc.resolve(position);
    place = placeAt(state.doc.resolve($position.before() + 1));
    if (place.position === position) return null;
  }
}

const isList = (node: DocNode) => node.type.name === 'bulletList' || node.type.name === 'orderedList';

function dispatched(tr: Transaction, position: number, dispatch: Dispatch): number {
  const node = tr.doc.nodeAt(position);
  tr.setSelection(
    node?.isAtom ? NodeSelection.create(tr.doc, position) : Selection.near(tr.doc.resolve(position + 1), 1),
  );
  dispatch?.(tr.scrollIntoView());
  return position;
}

/** Puts the caret after the piece that it is in, in a new paragraph where there is no text. False outside pieces. */
export function leavePiece(state: EditorState, dispatch: Dispatch): boolean {
  const { $from, $to } = state.selection;
  const isNode = state.selection instanceof NodeSelection && $from.depth === 0;
  if ($to.depth < 2 && !isNode) return false;
  const after = isNode ? state.selection.to : $to.after(1);
  const tr = state.tr;
  const next = tr.doc.resolve(after).nodeAfter;
  if (!next?.isTextblock) tr.insert(after, state.schema.nodes['paragraph']!.create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
  return true;
}

/** Enter in an empty paragraph that ends a piece leaves it: to the next part of it, else out. */
export function leaveOnEmpty(state: EditorState, dispatch: Dispatch): boolean {
  const { $from, empty } = state.selection;
  const holder = $from.depth > 1 ? $from.node($from.depth - 1) : null;
  const isLast = holder && $from.index($from.depth - 1) === holder.childCount - 1;
  const isEmpty = $from.parent.type.name === 'paragraph' && $from.parent.content.size === 0;
  if (!empty || !isEmpty || !isLast || holder.childCount < 2 || isList(holder)) return false;
  if (!HOLDERS.has(holder.type.name) || holder.lastChild !== $from.parent) return false;
  const tr = state.tr.delete($from.before(), $from.after());
  const end = tr.mapping.map($from.after($from.depth - 1));
  const next = tr.doc.resolve(end).nodeAfter;
  const isPart = PARTS.has(holder.type.name);
  if (isPart && next?.type === holder.type) {
    tr.setSelection(Selection.near(tr.doc.resolve(end + 1), 1));
    dispatch?.(tr.scrollIntoView());
    return true;
  }
  tr.setSelection(Selection.near(tr.doc.resolve(end - 1), -1));
  return leavePiece(state.apply(tr), (leaving) => {
    for (const step of leaving.steps) tr.step(step);
    dispatch?.(tr.setSelection(Selection.fromJSON(tr.doc, leaving.selection.toJSON())).scrollIntoView());
  });
}

/** Adds a part (a choice, an answer, a kind of work) last in the piece that begins at a position. */
export function addPart(
  state: EditorState,
  dispatch: Dispatch,
  { position, type, attrs }: { position: number; type: NodeType; attrs?: Record<string, unknown> },
): number {
  const piece = state.doc.nodeAt(position)!;
  const at = position + piece.nodeSize - 1;
  const paragraph = state.schema.nodes['paragraph']!.create();
  return dispatched(state.tr.insert(at, type.create(attrs ?? null, paragraph)), at, dispatch);
}

/** How many lists a position is in. */
export function listDepth($position: ResolvedPos): number {
  let depth = 0;
  for (let level = 1; level <= $position.depth; level += 1) if (isList($position.node(level))) depth += 1;
  return depth;
}

/**
 * The change that turns one document into another, only where they differ, so that the caret elsewhere stays.
 * Null when they are the same.
 */
export function replaceChanged(state: EditorState, next: DocNode): Transaction | null {
  const start = state.doc.content.findDiffStart(next.content);
  if (start === null) return null;
  const end = state.doc.content.findDiffEnd(next.content)!;
  const overlap = start - Math.min(end.a, end.b);
  const [oldEnd, newEnd] = overlap > 0 ? [end.a + overlap, end.b + overlap] : [end.a, end.b];
  return state.tr.replace(start, oldEnd, next.slice(start, newEnd)).setMeta('addToHistory', false);
}

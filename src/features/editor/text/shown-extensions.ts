import { Node, type Extensions } from '@tiptap/core';
import { ReactNodeViewRenderer, type ReactNodeViewProps } from '@tiptap/react';
import type { ComponentType } from 'react';
import { contentExtensions } from '../schema/content-extensions.ts';
import { FactView, PictureView } from './FactView.tsx';
import * as pieces from './PieceView.tsx';

const VIEWS: Record<string, ComponentType<ReactNodeViewProps>> = {
  factBox: pieces.FactBoxView,
  reflection: pieces.ReflectionView,
  takeAway: pieces.TakeAwayView,
  case: pieces.CaseView,
  choice: pieces.ChoiceView,
  quickCheck: pieces.QuickCheckView,
  option: pieces.OptionView,
  workVariants: pieces.WorkVariantsView,
  work: pieces.WorkView,
  law: FactView,
  contact: FactView,
  figure: FactView,
  image: PictureView,
};
const OWN_EVENTS = 'input, select, button, label, legend, .piece-head, .piece-foot';

/** The nodes with their fields. What happens in a field is nothing for the text around it. */
export const shownExtensions: Extensions = contentExtensions.map((extension) => {
  const View = VIEWS[extension.name];
  if (!View || !(extension instanceof Node)) return extension;
  const stopEvent = ({ event }: { event: Event }) =>
    !/^(?:drag|drop)/.test(event.type) &&
    event.target instanceof Element &&
    event.target.closest(OWN_EVENTS) !== null;
  return extension.extend({ addNodeView: () => ReactNodeViewRenderer(View, { stopEvent }) });
});

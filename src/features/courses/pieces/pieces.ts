import Contact from '#src/features/facts/Contact.astro';
import Figure from '#src/features/facts/Figure.astro';
import Law from '#src/features/facts/Law.astro';
import Case from './Case.astro';
import Choice from './Choice.astro';
import FactBox from './FactBox.astro';
import Option from './Option.astro';
import QuickCheck from './QuickCheck.astro';
import Reflection from './Reflection.astro';
import TakeAway from './TakeAway.astro';
import Work from './Work.astro';
import WorkVariants from './WorkVariants.astro';

/** The pieces that course text may use, by the names content/README.md gives them. */
export const pieces = {
  Case,
  Choice,
  Contact,
  FactBox,
  Figure,
  Law,
  Option,
  QuickCheck,
  Reflection,
  TakeAway,
  Work,
  WorkVariants,
};

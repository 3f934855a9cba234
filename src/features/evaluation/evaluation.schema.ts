import { z } from 'zod';
import { assessmentWords } from '#src/i18n/evaluation.ts';

const { missing } = assessmentWords.errors;
const answer = z.coerce.number({ error: missing }).int(missing).min(1, missing).max(5, missing);

/** At which moment a form was filled in, as its fields say it. */
export const momentSchema = z
  .enum(['fore', 'efter'])
  .transform((moment) => (moment === 'fore' ? ('before' as const) : ('after' as const)));

/** One answer to each question. */
export const answersSchema = z.object({ recognise: answer, ask: answer, act: answer });

import { z } from 'zod';
import { openData } from '#src/i18n/open-data.ts';
import { paths } from '#src/lib/paths.ts';

const words = openData.columns;
const day = (description: string) =>
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .meta({ description, format: 'date' });

/** A row as JSON has it; the names are those of the CSV columns, in their order. */
const indicatorRowSchema = z.object({
  datum: day(words.datum),
  enhetskod: z.string().min(1).meta({ description: words.enhetskod }),
  enhet: z.string().min(1).meta({ description: words.enhet }),
  typ: z.enum(['kommun', 'forvaltning', 'avdelning', 'enhet']).meta({ description: words.typ }),
  mal: z.number().min(0).max(100).nullable().meta({ description: words.mal }),
  utfall: z.number().min(0).max(100).nullable().meta({ description: words.utfall }),
  antal_genomfort: z.int().min(0).nullable().meta({ description: words.antal_genomfort }),
  antal_anstallda: z.int().min(0).nullable().meta({ description: words.antal_anstallda }),
  dold: z.boolean().meta({ description: words.dold }),
});

/** `/indikator.json`: what is written and what is promised are the same. */
const indicatorFileSchema = z.object({
  datum: day(openData.file.datum),
  definition: z.string().meta({ description: openData.file.definition }),
  rows: z.array(indicatorRowSchema).meta({ description: openData.file.rows }),
});

export type IndicatorJsonRow = z.infer<typeof indicatorRowSchema>;

/**
 * The promise as JSON Schema 2020-12, with its changelog. Objects may get more keys in a later version:
 * a program that reads the file must leave alone what it does not know.
 */
export function describeIndicatorFile(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(indicatorFileSchema, {
    target: 'draft-2020-12',
    io: 'input',
  });
  return {
    $schema,
    $id: paths.indicatorSchema,
    title: openData.title,
    description: openData.schemaDescription,
    'x-version': openData.changelog[0].version,
    'x-license': openData.licenseUrl,
    'x-changelog': openData.changelog.map(({ version, date, change }) => ({
      version,
      datum: date,
      andring: change,
    })),
    ...schema,
  };
}

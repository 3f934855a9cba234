import { gateWords } from '#src/i18n/gate.ts';
import type { GateContext } from '../context.ts';
import type { Finding } from '../findings.ts';
import { picturesOf } from '../nodes.ts';
import type { GatePage } from '../pages.ts';

const words = gateWords.pictures;

const LONGEST_ALT = 150;
const FILE_NAME =
  /\.(jpe?g|png|gif|webp|svg|avif|heic|heif|bmp|tiff?)$|^(img|dsc|image|pict|bild|scan|skärmbild|screenshot)?[\s_-]*\d{3,}$|^[0-9a-f-]{16,}$/iu;
const BILD_PA =
  /^(en |ett )?(bild(en)?|foto(t)?|fotografi(et)?|illustration(en)?|skärmbild(en)?|teckning(en)?|grafik(en)?)( på| av| som| med| där| över|:)/iu;

/** Every picture exists and is described for those who do not see it. */
export function checkPictures(pages: readonly GatePage[], { pictures }: GateContext): Finding[] {
  return pages.flatMap(({ part, body }) =>
    picturesOf(body).flatMap(({ block, node: { attrs } }): Finding[] => {
      const findings: Finding[] = [];
      const find = (rule: string, severity: Finding['severity'], message: string, suggestion: string) =>
        findings.push({ rule, severity, part, block, message, suggestion });
      const alt = attrs.alt.trim();
      const name = attrs.src.split('/').at(-1) ?? '';
      if (alt === '') find('picture-text', 'error', words.missing, words.missingFix);
      else if (FILE_NAME.test(alt) || alt === name) {
        find('picture-text', 'error', words.fileName(alt), words.missingFix);
      } else if (BILD_PA.test(alt)) find('picture-text', 'warning', words.bildPa, words.bildPaFix);
      if (alt.length > LONGEST_ALT) {
        find('picture-text-long', 'warning', words.tooLong(alt.length), words.tooLongFix);
      }
      if (pictures && !pictures.has(attrs.src)) {
        find('picture-exists', 'error', words.unknown, words.unknownFix);
      }
      return findings;
    }),
  );
}

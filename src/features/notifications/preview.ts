import { wholeNumber } from '#src/i18n/common.ts';
import { notifications as words } from '#src/i18n/notifications.ts';

const FEW = 10;

/** A number of people as the page tells it: small groups are not counted out loud. */
export function fewOr(count: number): string {
  return count > 0 && count < FEW ? words.few : wholeNumber(count);
}

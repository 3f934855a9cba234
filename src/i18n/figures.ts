/** Figures as Swedish writes them. Whole numbers and dates are in common.ts. */

const ONE_DECIMAL = new Intl.NumberFormat('sv-SE', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const SHORT = new Intl.NumberFormat('sv-SE', { maximumFractionDigits: 1 });
const SIGNED = new Intl.NumberFormat('sv-SE', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
});

/** `63,4 %`, always with one decimal, as in tables. */
export function percent(value: number): string {
  return `${ONE_DECIMAL.format(value)}\u00a0%`;
}

/** `60 %` or `62,5 %`, as in running text. */
export function shortPercent(value: number): string {
  return `${SHORT.format(value)}\u00a0%`;
}

/** `+3,4`, `−18,7` or `0,0` */
export function signed(value: number): string {
  return SIGNED.format(value);
}

/** `3,4`, `18,7` */
export function oneDecimal(value: number): string {
  return ONE_DECIMAL.format(value);
}

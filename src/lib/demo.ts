/** Whether this is the demo with its public accounts. Set by the start: on with the embedded database, off with one's own, unless `DEMO` says otherwise. */
export function isDemo(): boolean {
  return process.env['DEMO'] === '1';
}

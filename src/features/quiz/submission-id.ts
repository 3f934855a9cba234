import { createHash } from 'node:crypto';

/**
 * The id of a signed-in person's next submission of a module version, as a UUID (version 8). The same in
 * every tab of the session until something is handed in, so that two tabs are one submission; made from
 * the session's secret, so that nobody else can guess it and take it first.
 */
export function nextSubmissionId(sessionToken: string, moduleVersionId: number, attempts: number): string {
  const hash = createHash('sha256')
    .update(`submission ${moduleVersionId} ${attempts} ${sessionToken}`)
    .digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

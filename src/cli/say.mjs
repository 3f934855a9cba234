/** A reason to stop that the person at the keyboard can do something about. */
export class StartError extends Error {}

/**
 * Says what is going on, and how long it took. On standard error, so that a command's own output can be piped.
 *
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function saying(what, work) {
  const began = performance.now();
  process.stderr.write(`${what} …`);
  try {
    const result = await work();
    process.stderr.write(` klart på ${seconds(began)}\n`);
    return result;
  } catch (error) {
    process.stderr.write(' gick inte\n');
    throw error;
  }
}

/** Time since then, as "3,2 s". @param {number} began from performance.now() */
export function seconds(began) {
  return `${((performance.now() - began) / 1000).toFixed(1).replace('.', ',')} s`;
}

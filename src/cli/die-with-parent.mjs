/** Preloaded into helpers that must not go on alone, with `--import`: they end when their starter is gone. */
const parent = Number(process.env['STARTED_BY']);

setInterval(() => {
  if (!isRunning()) process.exit(1);
}, 200).unref();

function isRunning() {
  if (process.platform !== 'win32') return process.ppid === parent;
  try {
    return process.kill(parent, 0);
  } catch {
    return false;
  }
}

/** The background worker alone, as the server runs it, until it is killed or its starter is gone. */
import { startMailWorker } from '#src/server/mail-worker.ts';

const worker = startMailWorker((line) => process.stderr.write(`${line}\n`));
process.on('disconnect', () => void worker.stop().finally(() => process.exit()));
process.on('SIGTERM', () => void worker.stop().finally(() => process.exit()));

/** Stops the embedded database that a killed start has left, unless somebody else uses it. */
import { stopAbandoned } from '#db/embedded.ts';
import { readSettings } from './settings.ts';

const { databaseUrl, dataDir } = readSettings(process.env);
if (databaseUrl === null) await stopAbandoned(dataDir).catch(() => undefined);

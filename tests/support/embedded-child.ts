/** Holds the embedded database of the folder in argv open until standard input ends. */
import { once } from 'node:events';
import { openEmbedded } from '#db/embedded.ts';

const said: string[] = [];
const { url, ownerUrl, place, close } = await openEmbedded({
  dataDir: process.argv[2] ?? '',
  database: 'probe',
  say: (line) => said.push(line),
});
console.log(JSON.stringify({ url, ownerUrl, data: place.data, home: place.home, said }));
process.stdin.resume();
await once(process.stdin, 'end');
await close();

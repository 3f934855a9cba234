/** Processor time of the site and its database on this machine: what a page costs, however busy the machine is. */
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from '#db/client.ts';

const MS_PER_TICK = 10;

/** Reads, in milliseconds, what the site and all processes of its database have used; null where that cannot be known. */
export async function openCpuClock(databaseUrl: string, sitePid: number): Promise<() => number | null> {
  const { sql, close } = connect(databaseUrl, { max: 1 });
  try {
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const server = row ? readProcess(row.pid)?.parent : undefined;
    return () => {
      const processes = listProcesses().filter(({ pid, parent }) => pid === sitePid || parent === server);
      return server === undefined || processes.length < 2
        ? null
        : processes.reduce((sum, { ticks }) => sum + ticks * MS_PER_TICK, 0);
    };
  } finally {
    await close();
  }
}

interface Process {
  pid: number;
  parent: number;
  ticks: number;
}

function listProcesses(): Process[] {
  try {
    return readdirSync('/proc').flatMap((name) =>
      /^\d+$/.test(name) ? (readProcess(Number(name)) ?? []) : [],
    );
  } catch {
    return [];
  }
}

function readProcess(pid: number): Process | null {
  try {
    // The name stands in brackets and may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return { pid, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return null;
  }
}

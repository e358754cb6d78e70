import { DatabaseSync } from 'node:sqlite';
import { parentPort } from 'node:worker_threads';
import { helperState, helperStates, takeParts, type LoadJob } from './load-job.ts';
import { machinePlaces } from './load-memory.ts';
import { LoadParts } from './load-parts.ts';

/** A thread that takes parts of loads: each message is a `LoadJob`. It ends with the port that it listens to. */
// Only `LoadHelper` of this build writes to the port.
parentPort?.on('message', (job: LoadJob) => help(job));

function help(job: LoadJob): void {
  const { called, working, ended } = helperStates;
  if (Atomics.compareExchange(job.control, helperState, called, working) !== called) return;
  try {
    takeShare(job);
  } catch {
    // What was wrong shows again to the caller, who decodes what is not done and tells of it.
  } finally {
    Atomics.store(job.control, helperState, ended);
    Atomics.notify(job.control, helperState);
  }
}

/** The file is closed after each load: nothing holds it, or keeps its log from being cleared away, in between. */
function takeShare(job: LoadJob): void {
  const database = new DatabaseSync(job.file, { readOnly: true });
  try {
    database.exec('PRAGMA busy_timeout = 5000; BEGIN');
    const parts = new LoadParts(database, job, machinePlaces.helper);
    takeParts(job, (part) => parts.decode(part));
  } finally {
    database.close();
  }
}

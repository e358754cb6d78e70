import { parentPort, workerData } from 'node:worker_threads';
import { commitNow, type CommitFiles } from './commit-now.ts';
import { CommitRoom } from './commit-room.ts';

/** The journal's own thread: sleeps, commits what lies in the room, says how that ended. It blocks, and nobody but it waits. */
const { memory, files } = workerData as { readonly memory: SharedArrayBuffer; readonly files: CommitFiles };
const room = new CommitRoom(memory);

for (let commit = room.next(); commit !== null; commit = room.next()) {
  const outcome = commitNow(files, commit);
  // An error loses its code on the way to another thread.
  const { kind } = outcome;
  const cause = kind === 'durable' ? null : { message: outcome.cause.message, code: codeOf(outcome.cause) };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a worker has no origin
  parentPort?.postMessage({ kind, cause });
}

function codeOf(error: Error): string | null {
  return 'code' in error && typeof error.code === 'string' ? error.code : null;
}

import { parentPort, workerData } from 'node:worker_threads';
import { commitNow, type CommitFiles } from './commit-now.ts';
import { CommitRoom } from './commit-room.ts';
import type { CommitFailure } from './journal-disk.ts';

/** The journal's own thread: sleeps, commits what lies in the room, says how that ended. It blocks, and nobody but it waits. */
const { memory, files } = workerData as { readonly memory: SharedArrayBuffer; readonly files: CommitFiles };
const room = new CommitRoom(memory);

for (let commit = room.next(); commit !== null; commit = room.next()) {
  const outcome = commitNow(files, commit);
  // A number in the shared memory wakes sooner than a message, which a failure needs for its words.
  if (outcome.kind === 'durable') room.durable();
  else tell(outcome);
}

/** An error loses its code on the way to another thread. */
function tell({ kind, cause }: CommitFailure): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a worker has no origin
  parentPort?.postMessage({ kind, message: cause.message, code: codeOf(cause) });
}

function codeOf(error: Error): string | null {
  return 'code' in error && typeof error.code === 'string' ? error.code : null;
}

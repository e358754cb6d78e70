// Loaded before the gateway of a crash test: the process ends itself with SIGKILL at one step of its journal. The
// sources know nothing of it. `CRASH_STEP` is "<kind of record> <moment>", empty for a process that lives on.
import crypto from 'node:crypto';
import fs, { readFileSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

const [kind = '', moment = ''] = (process.env.CRASH_STEP ?? '').split(' ');
const mark = `\t${kind}\t`;

const slowDiskMs = 50;

const { writeSync, fdatasyncSync } = fs;
/** The file whose next sync makes the record durable. */
let awaitingSync = null;

// The thread of the journal loads this file too, and makes these calls; what else the process does goes on meanwhile.
if (kind !== '') {
  fs.writeSync = (file, bytes, offset, length, position) => {
    const at = ArrayBuffer.isView(bytes) ? Buffer.from(bytes).indexOf(mark, offset) : -1;
    if (at < 0) return writeSync(file, bytes, offset, length, position);
    // A slow disk: whatever leaves before its record is durable has left by now, and the broker will tell (INV-01).
    if (moment !== 'after-sync') pause();
    if (moment === 'before-write') die();
    // In the middle of the record: what stands before it in the same write is whole.
    if (moment === 'torn-write') die(writeSync(file, bytes, offset, at - offset + mark.length + 7, position));
    const written = writeSync(file, bytes, offset, length, position);
    if (moment === 'after-write') die(pause());
    awaitingSync = file;
    return written;
  };
  fs.fdatasyncSync = (file) => {
    fdatasyncSync(file);
    if (awaitingSync === file) die();
  };
}

function pause() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, slowDiskMs);
}

/** The next line of the caller is never reached. */
function die() {
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

// The derivation of the trial's vault key is the same at each start and not what is tested: the first result serves all.
const derive = crypto.argon2;
crypto.argon2 = (algorithm, parameters, callback) => {
  const name = crypto.hash('sha256', Buffer.concat([parameters.message, parameters.nonce]));
  const file = join(process.env.CRASH_FOLDER ?? '', `derived-${name}`);
  try {
    const derived = readFileSync(file);
    if (derived.length === parameters.tagLength) return void setImmediate(() => callback(null, derived));
  } catch {
    // Not derived yet.
  }
  return derive(algorithm, parameters, (error, derived) => {
    if (!error) writeFileSync(file, derived, { mode: 0o600 });
    callback(error, derived);
  });
};
syncBuiltinESMExports();

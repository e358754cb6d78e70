// Loaded before the gateway of a crash test: the process ends itself with SIGKILL at one step of its journal. The
// sources know nothing of it. `CRASH_STEP` is "<kind of record> <moment>", empty for a process that lives on.
import crypto from 'node:crypto';
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const [kind = '', moment = ''] = (process.env.CRASH_STEP ?? '').split(' ');
const mark = `\t${kind}\t`;

const slowDiskMs = 50;

const handle = await open(import.meta.filename);
const files = Object.getPrototypeOf(handle);
await handle.close();
const { write, datasync } = files;
/** The file whose next sync makes the record durable. */
let awaitingSync = null;

if (kind !== '') {
  files.write = async function (bytes, offset, length, position) {
    const at = Buffer.isBuffer(bytes) ? bytes.indexOf(mark, offset) : -1;
    if (at < 0) return write.call(this, bytes, offset, length, position);
    // A slow disk: whatever leaves before its record is durable has left by now, and the broker will tell (INV-01).
    if (moment !== 'after-sync') await pause(slowDiskMs);
    if (moment === 'before-write') die();
    // In the middle of the record: what stands before it in the same write is whole.
    if (moment === 'torn-write') die(writeSync(this.fd, bytes, offset, at - offset + mark.length + 7, position));
    const written = await write.call(this, bytes, offset, length, position);
    if (moment === 'after-write') die(await pause(slowDiskMs));
    awaitingSync = this;
    return written;
  };
  files.datasync = async function () {
    await datasync.call(this);
    if (awaitingSync === this) die();
  };
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

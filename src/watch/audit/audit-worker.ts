import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { checkAudit } from './check-audit.ts';

/** One check in a thread of its own: the watchdog must not stand still for the length of a journal. */
const files = z.strictObject({ journal: z.string(), anchor: z.string() }).parse(workerData);
// The rule means windows of a browser; a thread's port has no origin.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(checkAudit(files, Date.now()));

import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '#journal/open-journal.ts';
import { threadDisk } from '#journal/thread-disk.ts';
import { serveRounds, startClock } from '../harness/contestant.ts';

/** `durable-append.ts journal|raw`: 100 records, one after the other, each durable before the next; the time is of all. */
const records = 100;
const folder = mkdtempSync(join(tmpdir(), 'bench-append-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const append = process.argv[2] === 'journal' ? await byJournal() : byHand();

await serveRounds(async () => {
  const spent = startClock();
  for (let index = 0; index < records; index += 1) await append(index);
  return { ...spent(), checksum: { records } };
});

async function byJournal(): Promise<(index: number) => Promise<unknown>> {
  const journal = await openJournal({ file: join(folder, 'journal'), diskOf: threadDisk });
  return (index) => journal.append([{ kind: 'order.sending', body: { orderId: `order-${index}` } }]);
}

/** What no journal can be faster than: as many bytes, one write, one fdatasync. */
function byHand(): () => void {
  const file = openSync(join(folder, 'raw'), 'w');
  process.on('exit', () => closeSync(file));
  const line = Buffer.alloc(260, 'x');
  return () => {
    writeSync(file, line);
    fdatasyncSync(file);
  };
}

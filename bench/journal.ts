import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkpointEntry, checkpointEvery, keyEntry } from '#journal/checkpoint.ts';
import { emptyHash, encodeLine, journalHeader, sealRecord, type Head } from '#journal/record-line.ts';
import type { JournalEntry } from '#journal/record.ts';
import { journalSigner } from '#journal/signer.ts';
import { verifyJournal } from '#journal/verify-journal.ts';

/** What checking a journal of a million records costs. Goal: at most 5 s, and no more memory than for a short one (T16). */
const records = Number(process.argv[2] ?? 1_000_000);
const rounds = 3;
const goalSeconds = 5 * (records / 1_000_000);
const flushEvery = 5_000;
const at = '2026-03-02T01:00:00.123456789Z';

const spent: number[] = [];
const folder = mkdtempSync(join(tmpdir(), 'bench-journal-'));
try {
  const file = join(folder, 'journal');
  await generate(file);
  const megabytes = statSync(file).size / 1_000_000;
  const seconds = Array.from({ length: rounds }, () => check(file)).toSorted((one, other) => one - other);
  const median = seconds[Math.floor(rounds / 2)] ?? Number.NaN;
  const processor = spent.toSorted((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN;
  const memory = process.resourceUsage().maxRSS / 1024;
  console.log(
    `journal: ${records} records, ${megabytes.toFixed(0)} MB, verified in ${median.toFixed(2)} s ` +
      `(median of ${rounds}, ${seconds.map((each) => each.toFixed(2)).join(' ')}; goal ${goalSeconds}; ${processor.toFixed(2)} s of processor time), peak ${memory.toFixed(0)} MiB`,
  );
  if (!(median <= goalSeconds)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

function check(file: string): number {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const verdict = verifyJournal(file);
  if (verdict.kind === 'broken') throw new Error(`record ${verdict.sequence}: ${verdict.reason}`);
  if (verdict.signed.signedUpTo < records - 2 * checkpointEvery) throw new Error('the checkpoints were not checked');
  // On a busy machine this says what the wall clock cannot.
  const { user, system } = process.cpuUsage(before);
  spent.push((user + system) / 1_000_000);
  return (performance.now() - startedAt) / 1_000;
}

/** Orders as the desk writes them, eight records each, with a checkpoint after every thousand records. */
async function generate(file: string): Promise<void> {
  const signer = await journalSigner(
    () => null,
    async () => undefined,
  );
  const descriptor = openSync(file, 'w', 0o600);
  let head: Head = { sequence: 0, hash: emptyHash };
  let lines: string[] = [`${journalHeader}\n`];
  const add = (entry: JournalEntry): void => {
    const record = sealRecord(entry, head, at);
    head = { sequence: record.sequence, hash: record.hash };
    lines.push(encodeLine(record));
  };
  add(keyEntry(signer, checkpointEvery));
  while (head.sequence < records) {
    for (let index = 1; index < checkpointEvery && head.sequence < records; index += 1) add(entryOf(head.sequence));
    add(checkpointEntry(signer, head, { recordedAt: at, why: 'count' }));
    if (lines.length >= flushEvery) {
      writeSync(descriptor, lines.join(''));
      lines = [];
    }
  }
  writeSync(descriptor, lines.join(''));
  closeSync(descriptor);
}

function entryOf(sequence: number): JournalEntry {
  const orderId = `order-${sequence >> 3}`;
  const kinds = ['acked', 'filled', 'cancel-requested', 'cancel-answered', 'inquiry', 'cancelled', 'sending'] as const;
  if (sequence % 8 === 0) {
    const requester = { kind: 'strategy', name: '골든크로스' };
    const request = { requestId: `r-${sequence}`, requester, instrument: 'KRX:005930', side: 'buy', type: 'limit' };
    const checks = ['halted', 'session', 'tick', 'collar', 'order-value', 'cash', 'position', 'loss'].map((code) => {
      return { code, actual: sequence, limit: 1_000_000, unit: 'won', passed: true };
    });
    return { kind: 'order.intent', body: { orderId, request, checks, price: 70_000, quantity: 10, at } };
  }
  const kind = `order.${kinds[(sequence % 8) - 1] ?? 'seen'}`;
  return {
    kind,
    body: { orderId, brokerOrderId: String(sequence), quantity: 3, value: 210_000, at, elapsedMs: sequence },
  };
}

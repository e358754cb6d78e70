import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openAnchor } from '#journal/anchor-file.ts';
import { openJournal } from '#journal/open-journal.ts';
import { journalSigner } from '#journal/signer.ts';
import { AuditWatch, checkInWorker } from './audit-watch.ts';
import { anchorAgeMaxMs, checkAudit, type AuditFinding, type AuditFiles } from './check-audit.ts';

/** A signed journal of ten records whose heads stand outside. */
async function aRecord(context: TestContext): Promise<AuditFiles> {
  const folder = mkdtempSync(join(tmpdir(), 'sb-audit-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const files = { journal: join(folder, 'journal'), anchor: join(folder, 'anchor.jsonl') };
  const signer = await journalSigner(
    () => null,
    async () => undefined,
  );
  const journal = await openJournal({ file: files.journal });
  const anchor = await openAnchor(files.anchor);
  await journal.startSigning({ signer, every: 3, onSigned: async (head) => void (await anchor.append(head, signer)) });
  for (let value = 0; value < 10; value += 1) await journal.append([{ kind: 'login', body: { value } }]);
  await journal.close();
  await anchor.close();
  return files;
}

test('N11 checkAudit() finds a changed record, an end written anew, and a head that has not gone outside for 26 hours', async (context) => {
  const files = await aRecord(context);
  const nowMs = Date.now();
  const whole = readFileSync(files.journal, 'utf8');

  assert.deepEqual(checkAudit(files, nowMs), { kind: 'fine' });
  assert.deepEqual(checkAudit(files, nowMs + anchorAgeMaxMs - 60_000), { kind: 'fine' });
  assert.equal(checkAudit(files, nowMs + anchorAgeMaxMs + 60_000).kind, 'anchor-late');
  writeFileSync(files.journal, whole.replace('"value":4', '"value":5'));
  assert.equal(checkAudit(files, nowMs).kind, 'broken');
  const shortened = whole.split('\n').slice(0, 6);
  writeFileSync(files.journal, `${shortened.join('\n')}\n`);
  rmSync(`${files.journal}.head`);
  assert.equal(checkAudit(files, nowMs).kind, 'broken');
  rmSync(files.anchor);
  assert.equal(checkAudit(files, nowMs).kind, 'anchor-late');
  assert.deepEqual(checkAudit({ ...files, journal: `${files.journal}.none` }, nowMs), { kind: 'absent' });
});

test('N11 AuditWatch halts and tells once, from a thread of its own', async (context) => {
  const files = await aRecord(context);
  const { watch, deeds } = watching(() => checkInWorker(files));
  await watch.look();
  assert.deepEqual(deeds, []);

  writeFileSync(files.journal, readFileSync(files.journal, 'utf8').replace('"value":4', '"value":5'));
  await watch.look();
  await watch.look();

  assert.equal(deeds[0], 'tell audit-broken');
  assert.match(deeds[1] ?? '', /^halt rule N11: the record does not verify, record \d+/);
  assert.equal(deeds.length, 2);
});

test('N11 AuditWatch believes only what lasts, and nothing about the record of a dead gateway', async () => {
  const broken: AuditFinding = { kind: 'broken', detail: 'record 3: bad' };
  const findings: AuditFinding[] = [broken, broken, { kind: 'fine' }];
  const passing = watching(async () => findings.shift() ?? { kind: 'fine' });
  const dead = watching(async () => broken, false);
  const failing = watching(() => Promise.reject(new Error('no thread')));

  for (const { watch } of [passing, dead, failing]) await watch.look();

  assert.deepEqual([passing.deeds, dead.deeds, failing.deeds], [[], [], []]);
  const late = watching(async () => ({ kind: 'anchor-late', detail: 'the last head outside is 30 hours old' }));
  await late.watch.look();
  assert.deepEqual(late.deeds, [
    'tell anchor-late',
    'halt rule N11: its head is late outside, the last head outside is 30 hours old',
  ]);
});

function watching(check: () => Promise<AuditFinding>, isAlive = true) {
  const deeds: string[] = [];
  const watch = new AuditWatch({
    check,
    isGatewayAlive: () => isAlive,
    halt: (reason) => deeds.push(`halt ${reason}`),
    tell: (code) => deeds.push(`tell ${code}`),
    note: () => undefined,
    againMs: 1,
  });
  return { watch, deeds };
}

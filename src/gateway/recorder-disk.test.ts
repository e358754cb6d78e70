import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import type { BrokerOrderId, OrderId } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';
import { canonicalJson } from '#journal/canonical-json.ts';
import type { FileJournal } from '#journal/journal.ts';
import { openJournal } from '#journal/open-journal.ts';
import { verifyJournal } from '#journal/verify-journal.ts';
import { fold } from './desk/apply.ts';
import type { DeskEvent, Effect } from './desk/events.ts';
import { decodeRecord, entry } from './desk/records.ts';
import { emptyDesk, type DeskState } from './desk/state.ts';
import { diskError, faultyCommits, faultyDisk, type DiskFault, type Operation } from './fixtures/faulty-disk.ts';
import { Recorder } from './recorder.ts';

const at = '2026-03-02T01:00:00Z';
const healthy: DiskFault = () => null;

describe('Recorder on a real journal whose disk fails', () => {
  let folder = '';
  let serial = 0;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'recorder-disk-'))));
  after(() => rmSync(folder, { recursive: true }));
  const aFile = () => join(folder, `${(serial += 1)}.journal`);

  const faults: Readonly<Record<string, (operation: Operation) => 'short' | null>> = {
    ENOSPC: (operation) => raised(operation === 'write', 'ENOSPC'),
    EFBIG: (operation) => raised(operation === 'write', 'EFBIG'),
    EIO: () => raised(true, 'EIO'),
    'short write': (operation) => (operation === 'write' ? 'short' : null),
    'fsync error': (operation) => raised(operation === 'sync', 'EIO'),
  };
  for (const [name, fault] of Object.entries(faults)) {
    test(`T04 ${name} at the Nth operation for every N: nothing acknowledged is lost, nothing leaves unrecorded, no sync is repeated`, async () => {
      let isStruck = true;
      for (let failing = 1; isStruck; failing += 1) {
        assert.ok(failing < 100, 'the script has an end');
        const file = aFile();
        const lived = await live(file, (operation, number) => (number === failing ? fault(operation) : null));
        isStruck = lived.operations >= failing;
        await survives(file, lived, `${name} at operation ${failing}`);
      }
    });

    test(`T04 ${name} at the Nth call of the journal's thread for every N: the same holds`, async () => {
      let isStruck = true;
      for (let failing = 1; isStruck; failing += 1) {
        assert.ok(failing < 100, 'the script has an end');
        const file = aFile();
        const lived = await live(file, (operation, number) => (number === failing ? fault(operation) : null), 'calls');
        isStruck = lived.operations >= failing;
        await survives(file, lived, `${name} at call ${failing}`);
      }
    });
  }

  for (const [name, isHit] of Object.entries({
    'full, with room in the reserve': (path: string) => !path.endsWith('.reserve'),
    'full, the reserve too': () => true,
  })) {
    test(`T17 INV-15 INV-30 a journal that is ${name} refuses every order, and takes every halt and cancel`, async () => {
      const file = aFile();
      let isFull = false;
      const life = await started(file, (operation, _, path) => {
        // The note of the last head is written in place and needs no room.
        if (isFull && operation === 'write' && isHit(path) && !path.endsWith('.head')) throw diskError('ENOSPC');
        return null;
      });
      await life.recorder.record(submit('a'));
      await life.recorder.record({ kind: 'placed', orderId: 'a' as OrderId, result: accepted('1') });
      isFull = true;

      for (let index = 0; index < 20; index += 1) {
        await assert.rejects(life.recorder.record(submit(`refused-${index}`)), { code: 'journal.full' });
      }
      await life.recorder.record({ kind: 'cancel', orderId: 'a' as OrderId, by: 'web' });
      await life.recorder.record({ kind: 'halt', by: 'web', reason: 'now' });
      await assert.rejects(life.recorder.record({ kind: 'resume', by: 'web' }), { code: 'journal.full' });

      assert.deepEqual(kindsOf(life.effects), { place: 1, cancel: 1 });
      const survivor = replay(file);
      assert.equal(
        survivor.halted?.reason ?? null,
        name.includes('with room') ? 'now' : null,
        'as a crash would leave it',
      );
      isFull = false;
      await life.recorder.record({ kind: 'login', outcome: 'accepted', method: 'passphrase' });
      await life.journal.close();
      assert.equal(plain(replay(file)), plain(life.recorder.state), 'INV-09 a replay gives the same state');
      assert.ok(
        life.recorder.state.incidents.some(({ code }) => code === 'journal-buffered'),
        'it is marked',
      );
    });
  }

  test('T17 INV-15 INV-30 a disk that does not answer: the order it holds up is never sent, later ones are refused, halt and cancel go on', async () => {
    const file = aFile();
    const disk: { answer: (() => void) | null; isBlocked: boolean } = { answer: null, isBlocked: false };
    const life = await started(file, (operation) => {
      if (!disk.isBlocked || operation !== 'sync') return null;
      return new Promise((resolve) => (disk.answer = () => resolve(null)));
    });
    await life.recorder.record(submit('a'));
    await life.recorder.record({ kind: 'placed', orderId: 'a' as OrderId, result: accepted('1') });
    disk.isBlocked = true;

    await assert.rejects(life.recorder.record(submit('held')), { code: 'journal.slow' });
    await assert.rejects(life.recorder.record(submit('later')), { code: 'journal.slow' });
    await life.recorder.record({ kind: 'halt', by: 'web', reason: 'now' });

    assert.deepEqual(kindsOf(life.effects), { place: 1, cancel: 1 });
    assert.equal(life.recorder.state.halted?.reason, 'now');
    disk.isBlocked = false;
    disk.answer?.();
    while (life.recorder.isBuffering) await new Promise((resolve) => setImmediate(resolve));
    await life.recorder.record({ kind: 'login', outcome: 'accepted', method: 'passphrase' });
    await life.journal.close();
    assert.deepEqual(kindsOf(life.effects), { place: 1, cancel: 1 }, 'the held order was not sent afterwards either');
    assert.equal(life.recorder.state.orders.get('held' as OrderId)?.state, 'not-sent');
    assert.equal(plain(replay(file)), plain(life.recorder.state), 'INV-09 a replay gives the same state');
  });

  test('T17 a journal file that is gone is noticed before its order leaves, and the halt survives in the reserve of a failed one', async () => {
    const file = aFile();
    const life = await started(file, healthy);
    renameSync(file, `${file}.moved`);

    await assert.rejects(life.recorder.record(submit('a')), { code: 'journal.failed' });

    assert.deepEqual([kindsOf(life.effects), life.fatal.length], [{}, 1]);
    assert.ok(await life.journal.lastWords([entry('halt', { by: 'gateway', reason: 'the disk failed', at })]));
    await life.journal.close();
    renameSync(`${file}.moved`, file);
    const journal = await openJournal({ file });
    const state = fold([...journal.read(1)].map(decodeRecord), emptyDesk);
    await journal.close();
    assert.equal(state.halted?.reason, 'the disk failed');
    assert.equal(plain(replay(file)), plain(state), 'it is written once and stays');
  });

  /** One life: start, an order that is acknowledged, a second one, a halt. Whatever fails ends nothing but its own step. */
  async function live(file: string, fault: DiskFault, strikes: 'files' | 'calls' = 'files'): Promise<Lived> {
    let operations = 0;
    const syncsAfterFailure: string[] = [];
    const failed = new Set<string>();
    const watched: DiskFault = (operation, number, path) => {
      operations = number;
      if (operation === 'sync' && failed.has(path)) syncsAfterFailure.push(path);
      try {
        return fault(operation, number, path);
      } catch (error) {
        if (operation === 'sync') failed.add(path);
        throw error;
      }
    };
    const acknowledged: string[] = [];
    const lived = { acknowledged, effects: [] as Effect[], syncsAfterFailure };
    try {
      const life = await started(file, watched, lived.effects, strikes);
      for (const [name, event] of script) {
        const isKept = await life.recorder.record(event).then(
          () => !life.recorder.isBuffering,
          () => false,
        );
        if (isKept) acknowledged.push(name);
      }
      await life.journal.close();
    } catch {
      // The journal could not be opened: then there was no life.
    }
    return { ...lived, operations };
  }

  async function survives(file: string, lived: Lived, when: string): Promise<void> {
    assert.deepEqual(lived.syncsAfterFailure, [], `${when}: a failed sync is never repeated`);
    const journal: FileJournal = await openJournal({ file });
    const state = fold([...journal.read(1)].map(decodeRecord), emptyDesk);
    await journal.close();
    assert.equal(verifyJournal(file).kind, 'intact', when);
    if (lived.acknowledged.includes('halt')) assert.equal(state.halted?.reason, 'now', when);
    const isSent = lived.acknowledged.includes('submit');
    if (isSent && lived.acknowledged.includes('acked'))
      assert.equal(state.orders.get('a' as OrderId)?.legs.length, 1, when);
    for (const effect of lived.effects) {
      if (effect.kind !== 'place') continue;
      // INV-01: what left is on record, also for a process that knows nothing but the disk.
      assert.ok(state.orders.get(effect.orderId)?.sendingAt, `${when}: ${effect.orderId} left unrecorded`);
    }
  }
});

interface Lived {
  readonly operations: number;
  readonly acknowledged: readonly string[];
  readonly effects: readonly Effect[];
  readonly syncsAfterFailure: readonly string[];
}

async function started(file: string, fault: DiskFault, effects: Effect[] = [], strikes: 'files' | 'calls' = 'files') {
  const disk = strikes === 'files' ? { openFile: faultyDisk(fault) } : { diskOf: faultyCommits(fault) };
  const journal = await openJournal({ file, ...disk });
  const fatal: unknown[] = [];
  let elapsedMs = 0;
  const recorder = new Recorder({
    journal,
    state: fold([...journal.read(1)].map(decodeRecord), emptyDesk),
    moment: () => ({ at, elapsedMs: (elapsedMs += 1) }),
    settings: () => ({ quietWindowMs: 30_000, speed: 1 }),
    onCommitted(handled) {
      for (const effect of handled.effects) {
        if (effect.kind === 'place')
          assert.match(readFileSync(file, 'utf8'), new RegExp(`sending.*"${effect.orderId}"`));
        effects.push(effect);
      }
    },
    onFatal: (error) => fatal.push(error),
    commitPatienceMs: 100,
  });
  const day = { date: 20260302, sentElapsedMs: 1, isDayOver: false, isWhole: true } as const;
  const isUp = await recorder.record({ kind: 'started', build: 'test', environment: 'paper' }).then(
    () => true,
    () => false,
  );
  const inquiry = { kind: 'complete', rows: [] } as const;
  if (isUp) await recorder.record({ kind: 'inquired', inquiry, ...day }).catch(() => null);
  return { journal, recorder, effects, fatal };
}

const script: readonly (readonly [string, DeskEvent])[] = [
  ['submit', submit('a')],
  ['acked', { kind: 'placed', orderId: 'a' as OrderId, result: accepted('1') }],
  ['second', submit('b')],
  ['halt', { kind: 'halt', by: 'web', reason: 'now' }],
];

/** Without the journal being closed: what another process would find on the disk at this moment. */
function replay(file: string): DeskState {
  const found = verifyJournal(file);
  assert.ok(found.kind === 'intact', JSON.stringify(found));
  const lines = `${readFileSync(file, 'utf8')}${Buffer.from(found.overflow.text, 'latin1').toString()}`;
  const records = lines.split('\n').slice(1, -1);
  return fold(
    records.map((line) => {
      const [sequence = '', kind = '', , , body = ''] = line.split('\t');
      return decodeRecord({ sequence: Number(sequence), kind, body });
    }),
    emptyDesk,
  );
}

function kindsOf(effects: readonly Effect[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { kind } of effects) if (kind !== 'inquire') counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** The same text for the same state: maps and sets as arrays of their entries, in order. */
function plain(state: unknown): string {
  const flat = (value: unknown): unknown => {
    if (value instanceof Map || value instanceof Set || Array.isArray(value)) return [...value].map(flat);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, flat(member)]));
  };
  return canonicalJson(flat(state));
}

function raised(isHit: boolean, code: string): null {
  if (isHit) throw diskError(code);
  return null;
}

function submit(orderId: string): DeskEvent {
  const request = {
    requestId: `request-${orderId}`,
    requester: { kind: 'person', via: 'web' },
    instrument: instrumentId('005930'),
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    quantity: quantity(1),
    price: won(70_000),
    reason: '',
  } as const;
  const verdict = () => ({ kind: 'approved', order: approve(request), checks: [] }) as const;
  return { kind: 'submit', orderId: orderId as OrderId, request, verdict };
}

function accepted(number: string) {
  const acceptedAt = Temporal.Instant.from(at);
  return { kind: 'accepted', brokerOrderId: number as BrokerOrderId, forwardingOffice: '', at: acceptedAt } as const;
}

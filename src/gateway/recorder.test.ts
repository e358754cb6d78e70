import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Halt } from '#domain/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { BrokerOrderId, OrderId } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';
import { canonicalJson } from '#journal/canonical-json.ts';
import type { Journal } from '#journal/journal.ts';
import type { JournalEntry, JournalRecord } from '#journal/record.ts';
import { fold } from './desk/apply.ts';
import type { DeskEvent, Effect } from './desk/events.ts';
import { decodeRecord } from './desk/records.ts';
import { emptyDesk, type DeskState } from './desk/state.ts';
import { Recorder } from './recorder.ts';

const at = '2026-03-02T01:00:00Z';

test('Recorder refuses new risk while the disk is full, goes on with cancels and halts, and writes them first later', async () => {
  const disk = new FakeJournal();
  const effects: Effect[] = [];
  const recorder = aRecorder(disk, effects);
  await ready(recorder);
  await recorder.record(submit('a'));
  await recorder.record({ kind: 'placed', orderId: 'a' as OrderId, result: accepted('1') });
  disk.isFull = true;

  await assert.rejects(recorder.record(submit('b')), { code: 'journal.full' });
  await recorder.record({ kind: 'halt', by: 'web', reason: 'test' });

  assert.equal(recorder.state.halted?.reason, 'test');
  assert.deepEqual(effects.filter((effect) => effect.kind === 'cancel').length, 1, 'the open order is cancelled');
  assert.equal(recorder.state.orders.has('b' as OrderId), false);
  assert.ok(recorder.isBuffering);

  disk.isFull = false;
  await recorder.record({ kind: 'login', outcome: 'accepted', method: 'passphrase' });

  assert.equal(recorder.isBuffering, false);
  const replayed = fold(disk.records.map(decodeRecord), emptyDesk);
  assert.equal(replayed.sequence, recorder.state.sequence);
  assert.equal(replayed.halted?.reason, 'test');
  assert.ok(
    replayed.incidents.some((incident) => incident.code === 'journal-buffered'),
    'the delay is on record',
  );
});

test('Recorder keeps the answer to an order that was sent before the disk was full', async () => {
  const disk = new FakeJournal();
  const recorder = aRecorder(disk, []);
  await ready(recorder);
  await recorder.record(submit('a'));
  disk.isFull = true;

  await recorder.record({ kind: 'placed', orderId: 'a' as OrderId, result: accepted('7') });

  assert.equal(recorder.state.orders.get('a' as OrderId)?.legs[0]?.brokerOrderId, '7');
});

test('Recorder lets no effect out when the records could not be made durable, and stops for good', async () => {
  const disk = new FakeJournal();
  const effects: Effect[] = [];
  const fatal: unknown[] = [];
  const recorder = aRecorder(disk, effects, fatal);
  await ready(recorder);
  disk.isBroken = true;
  effects.length = 0;

  await assert.rejects(recorder.record(submit('a')), { code: 'journal.failed' });
  await assert.rejects(recorder.record({ kind: 'halt', by: 'web', reason: 'x' }), { code: 'journal.failed' });

  assert.deepEqual(effects, []);
  assert.equal(fatal.length, 1);
});

test('Recorder decides requests that come together one after the other, each on the state the one before left', async () => {
  const disk = new FakeJournal();
  const recorder = aRecorder(disk, []);
  await ready(recorder);
  const seen: number[] = [];
  const counting = (orderId: string) => (state: DeskState) => {
    seen.push(state.orders.size);
    return submit(orderId);
  };

  await Promise.all(['a', 'b', 'c'].map((orderId) => recorder.record(counting(orderId))));

  assert.deepEqual(seen, [0, 1, 2]);
  assert.ok(disk.commits <= 4, 'they share commits');
});

function aRecorder(journal: Journal, effects: Effect[], fatal: unknown[] = []): Recorder {
  let elapsedMs = 0;
  return new Recorder({
    journal,
    state: emptyDesk,
    moment: () => ({ at, elapsedMs: (elapsedMs += 1) }),
    settings: () => ({ quietWindowMs: 30_000, speed: 1 }),
    onCommitted: (handled) => effects.push(...handled.effects),
    onFatal: (error) => fatal.push(error),
  });
}

async function ready(recorder: Recorder): Promise<void> {
  await recorder.record({ kind: 'started', build: 'test', environment: 'paper' });
  const inquiry = { kind: 'complete', rows: [] } as const;
  const day = { date: 20260302, sentElapsedMs: 1, isDayOver: false, isWhole: true } as const;
  await recorder.record({ kind: 'inquired', inquiry, ...day });
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
  const at = Temporal.Instant.from('2026-03-02T01:00:00Z');
  return { kind: 'accepted', brokerOrderId: number as BrokerOrderId, forwardingOffice: '', at } as const;
}

/** Keeps records in memory; full or broken on demand. */
class FakeJournal implements Journal {
  readonly records: JournalRecord[] = [];
  isFull = false;
  isBroken = false;
  commits = 0;

  async append(entries: readonly JournalEntry[]): Promise<readonly JournalRecord[]> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.isBroken) throw new Halt('journal.failed', 'the disk reported an error');
    if (this.isFull) throw new Halt('journal.full', 'the disk is full');
    this.commits += 1;
    const added = entries.map(({ kind, body }, index) => ({
      sequence: this.records.length + index + 1,
      kind,
      recordedAt: at,
      body: canonicalJson(body),
      previousHash: '',
      hash: '',
    }));
    this.records.push(...added);
    return added;
  }

  *read(): Iterable<JournalRecord> {
    yield* this.records;
  }

  head() {
    return { sequence: this.records.length, hash: '' };
  }

  async close(): Promise<void> {
    // Nothing is open.
  }
}

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft } from '#strategy/strategy.ts';
import { WaitingFile } from './waiting-file.ts';
import type { WaitingState } from './waiting-state.ts';

/** Every word that a draft can have: one that the file does not know would fail the round trip. */
const everyWord: Required<OrderDraft> = {
  instrument: instrumentId('005930'),
  side: 'buy',
  quantity: quantity(10),
  price: won(70_000),
  reason: '골든크로스\n"둘째 줄"',
  pricing: 'market',
  trigger: { kind: 'trailing', distanceBps: 300 },
  goodTill: 20_261_130,
  group: 'in',
  exits: { stopPrice: won(69_000), targetPrice: won(72_000), trailingBps: 500 },
};
const sale: OrderDraft = {
  instrument: instrumentId('0007C0'),
  side: 'sell',
  quantity: quantity(1),
  price: won(100),
  reason: '',
};

function aState(): WaitingState {
  const alone = { set: null, exitOf: null, isLive: true, notBeforeMs: 0, extreme: null };
  return {
    date: 20_261_117,
    closedOn: 20_261_116,
    leaving: [{ requestId: 'a-9', draft: sale, date: 20_261_117 }],
    triggers: {
      date: 20_261_117,
      nowMs: 1_795_000_000_000,
      bothInOneBar: 2,
      watched: [
        {
          requestId: 'a-1',
          draft: everyWord,
          wait: everyWord.trigger,
          ...alone,
          extreme: 71_000,
          set: 'KRX:005930 in',
        },
        { requestId: 'a-2', draft: sale, wait: { kind: 'close' }, ...alone, isLive: false },
        { requestId: 'a-3', draft: sale, wait: { kind: 'stop', price: won(90) }, ...alone },
        { requestId: 'a-4-x1t', draft: sale, wait: { kind: 'target', price: won(110) }, ...alone, exitOf: 'a-4' },
      ],
      brackets: [
        {
          entryId: 'a-4',
          entry: everyWord,
          extreme: 72_000,
          bought: 8,
          sold: 3,
          isEntryOver: false,
          attempts: 2,
          attemptsOfSession: 1,
          working: { requestId: 'a-4-x0s', filled: 3 },
        },
      ],
      lasting: [{ requestId: 'a-5', draft: everyWord }],
    },
  };
}

describe('WaitingFile', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'snow-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const fileOf = (name: string): string => join(folder, 'decisions', `${name}.waiting-orders`);

  /** A file with this body and the checksum that fits it. */
  function written(name: string, body: string, head = 'snowball-waiting-orders 1'): WaitingFile {
    const file = fileOf(name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${head} ${createHash('sha256').update(body).digest('hex')}\n${body}\n`);
    return new WaitingFile(file);
  }

  test('WaitingFile gives back what was written, in a file for the owner alone', () => {
    const file = fileOf('whole');
    assert.equal(new WaitingFile(file).read(), null, 'before anything was written');

    new WaitingFile(file).write(aState());

    assert.deepEqual(new WaitingFile(file).read(), aState());
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder, 'decisions')).mode & 0o777, 0o700);
  });

  test('WaitingFile refuses a file that was cut anywhere, or in which any byte changed', () => {
    const file = fileOf('cut');
    new WaitingFile(file).write(aState());
    const whole = readFileSync(file);

    for (let at = 0; at < whole.length; at += 23) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      for (const bytes of [whole.subarray(0, at), changed]) {
        writeFileSync(file, bytes);
        assert.throws(() => new WaitingFile(file).read(), { code: 'runner.waiting-orders' }, `at ${at}`);
      }
    }
  });

  test('WaitingFile refuses a format that it does not know, and a file that it may not read', () => {
    const body = JSON.stringify(aState());

    assert.throws(() => written('newer', body, 'snowball-waiting-orders 2').read(), { code: 'runner.waiting-orders' });
    assert.deepEqual(written('same', body).read(), aState());
    chmodSync(fileOf('same'), 0o000);
    if (process.getuid?.() !== 0) {
      assert.throws(() => new WaitingFile(fileOf('same')).read(), { code: 'runner.waiting-orders' });
    }
  });

  test('WaitingFile refuses each field that is missing, unknown or of another kind, whatever the checksum says', () => {
    const bodies = [...changesOf(aState())].map((value) => JSON.stringify(value));

    for (const [index, body] of bodies.entries()) {
      assert.throws(() => written(`field-${index % 2}`, body).read(), { code: 'runner.waiting-orders' }, body);
    }
    assert.ok(bodies.length > 150, `only ${bodies.length} changes were tried`);
  });

  test('WaitingFile refuses orders that contradict each other, and writes none', () => {
    const { triggers, ...rest } = aState();
    const [first] = triggers.watched;
    assert.ok(first !== undefined);
    const twice = { ...rest, triggers: { ...triggers, watched: [first, first] } };
    const orphan = { ...rest, triggers: { ...triggers, brackets: [] } };

    for (const state of [twice, orphan]) {
      assert.throws(() => written('odd', JSON.stringify(state)).read(), { code: 'runner.waiting-orders' });
      assert.throws(() => new WaitingFile(fileOf('odd')).write(state));
    }
  });
});

/** Words that a draft or its exits may leave out; what such a change makes is another order, and a whole one. */
const optional = new Set(['pricing', 'trigger', 'goodTill', 'group', 'stopPrice', 'targetPrice', 'trailingBps']);

/** The same value with one field, at any depth, left out, of another kind or beside one that nobody knows. */
function* changesOf(value: unknown): Generator {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const other of changesOf(item)) yield value.with(index, other);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  yield { ...value, unheardOf: 1 };
  for (const [name, item] of Object.entries(value)) {
    const { [name]: _left, ...rest } = value as Record<string, unknown>;
    const isExitsOfOther = name === 'exits' && !('entryId' in value);
    if (!optional.has(name) && !isExitsOfOther) yield rest;
    yield { ...value, [name]: [-1] };
    for (const other of changesOf(item)) yield { ...value, [name]: other };
  }
}

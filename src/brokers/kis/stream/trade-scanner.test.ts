import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { symbolOf } from '#domain/instrument.ts';
import type { Tick } from '#domain/market-data.ts';

import { tradeRecord } from '../wire-types.ts';
import { parseFrame, splitRecords } from './stream-frame.ts';
import { tickOf } from './stream-records.ts';
import { packSymbol, TradeScanner } from './trade-scanner.ts';

/** A real record of the specification, §7.7, of 46 fields. */
const trade =
  '005930^093354^71900^5^-100^-0.14^72023.83^72100^72400^71700^71900^71800^1^3052507^219853241700^5105^6937^1832^84.90^' +
  '1366314^1159996^1^0.39^20.28^090020^5^-200^090820^5^-500^092619^2^200^20230612^20^N^65945^216924^1118750^2199206^' +
  '0.05^2424142^125.92^0^^72100';
const scanner = new TradeScanner();

type Reading = 'drift' | readonly (string | null)[];

/** What the plain version says, which splits strings. */
function byText(frame: Buffer): Reading {
  const parsed = parseFrame(frame.toString('utf8'));
  assert.ok(parsed.kind === 'data');
  const records = splitRecords(parsed.payload, parsed.count, tradeRecord.fieldsMin);
  return records?.map((fields) => shown(tickOf(fields))) ?? 'drift';
}

/** What the scanner says of the same bytes. */
function byBytes(frame: Buffer): Reading {
  const count = Number(frame.toString('latin1', 11, 14));
  if (!scanner.scan(frame, 15, count)) return 'drift';
  const { isTrade, symbol, atMs, price, quantity, volumeOfDay } = scanner.columns;
  return Array.from({ length: count }, (_, record) =>
    isTrade[record] === 1
      ? [symbol[record], atMs[record], price[record], quantity[record], volumeOfDay[record]].join(' ')
      : null,
  );
}

function shown(tick: Tick | null): string | null {
  if (tick === null) return null;
  const packed = packSymbol(symbolOf(tick.instrument));
  return [packed, tick.at.epochMilliseconds, tick.price, tick.quantity, tick.volumeOfDay].join(' ');
}

function aFrame(records: readonly string[], count = records.length): Buffer {
  return Buffer.from(`0|H0STCNT0|${String(count).padStart(3, '0')}|${records.join('^')}`);
}

/** Values that a field may be replaced with, one of them by what KIS could plausibly send there. */
const oddField = fc.oneof(
  fc.constantFrom('', '0', '000000', '-1', '1.5', '(null)', '7190O', '99999999', '123456789', '9007199254740991'),
  fc.constantFrom(
    '9007199254740992',
    '12345678901234567',
    '240000',
    '235960',
    '20260230',
    '19600101',
    'Q005930',
    '삼성',
  ),
  fc.constantFrom('0059A0', '0059a0', '00593', '0059300', 'Q0059300', '00000000', '0071900', '00000000071900'),
  fc.nat().map(String),
  fc.string({ maxLength: 20 }).map((text) => text.replaceAll('^', '')),
);

const aRecord = fc
  .array(fc.tuple(fc.constantFrom(...Array.from({ length: 47 }, (_, index) => index)), oddField), { maxLength: 3 })
  .map((changes) => {
    const fields = [...trade.split('^'), '2'];
    for (const [index, text] of changes) fields[index] = text;
    return fields.join('^');
  });

test('TradeScanner says the same as the plain version of every frame of whole records', () => {
  fc.assert(
    fc.property(fc.array(aRecord, { minLength: 1, maxLength: 6 }), (records) => {
      const frame = aFrame(records);
      assert.deepEqual(byBytes(frame), byText(frame));
    }),
    { numRuns: 1_000 },
  );
});

test('TradeScanner says the same as the plain version of frames that were cut, lengthened or overwritten', () => {
  const mutations = fc.array(fc.tuple(fc.nat(), fc.constantFrom('^', '^^', '0', '', '\u0000', '|', '가', '^1')), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(fc.array(aRecord, { minLength: 1, maxLength: 3 }), mutations, fc.nat(4), (records, changes, more) => {
      let payload = records.join('^');
      for (const [where, text] of changes) {
        const at = where % (payload.length + 1);
        payload = payload.slice(0, at) + text + payload.slice(at + 1);
      }
      const frame = aFrame([payload], records.length + (more === 4 ? 1 : 0));
      assert.deepEqual(byBytes(frame), byText(frame));
    }),
    { numRuns: 1_000 },
  );
});

test('TradeScanner says the same as the plain version of bytes that are no UTF-8', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 3 }), (bytes, count) => {
      const frame = Buffer.concat([aFrame([trade], count), Buffer.from('^'), bytes]);
      assert.deepEqual(byBytes(frame), byText(frame));
    }),
    { numRuns: 500 },
  );
});

test('TradeScanner reads 999 records of one frame and takes the width from the frame', () => {
  const frame = aFrame(Array.from({ length: 999 }, () => `${trade}^2^new`));

  assert.ok(scanner.scan(frame, 15, 999));

  assert.equal(scanner.width, 48);
  assert.deepEqual(
    [scanner.columns.price[998], scanner.columns.volumeOfDay[998], scanner.columns.isTrade[998]],
    [71_900, 3_052_507, 1],
  );
});

test('TradeScanner makes no trade of a record that has one more field in its middle', () => {
  const fields = `${trade}^2`.split('^');
  for (let index = 0; index <= tradeRecord.date; index += 1) {
    const shifted = aFrame([fields.toSpliced(index, 0, '1').join('^')]);

    assert.ok(scanner.scan(shifted, 15, 1));
    // Between the volumes and the date nothing that a tick is made of moves but the date.
    assert.equal(scanner.columns.isTrade[0], 0, `one more field before field ${index}`);
  }
});

test('TradeScanner refuses a payload larger than a message can be', () => {
  assert.equal(scanner.scan(Buffer.alloc(1024 * 1024 + 100, 0x5e), 15, 1), false);
});

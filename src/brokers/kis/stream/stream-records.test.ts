import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { decryptNotice, parseFrame, splitRecords } from './stream-frame.ts';
import { noticeOf, orderBookOf, tickOf } from './stream-records.ts';
import { tradeRecord } from '../wire-types.ts';

const today = Temporal.PlainDate.from('2026-11-20');
const account = '1234567801';

/** A real record of the specification, §7.7. */
const trade =
  '005930^093354^71900^5^-100^-0.14^72023.83^72100^72400^71700^71900^71800^1^3052507^219853241700^5105^6937^1832^84.90^' +
  '1366314^1159996^1^0.39^20.28^090020^5^-200^090820^5^-500^092619^2^200^20230612^20^N^65945^216924^1118750^2199206^' +
  '0.05^2424142^125.92^0^^72100';

const filled =
  'HTSID^1234567801^0000117057^^02^0^00^0^005930^0000000002^000070000^121053^0^2^2^91252^000000002^홍길동^0^1^Y^^10^^삼성전자^000070000';

function notice(changes: Readonly<Record<number, string>>): string[] {
  return filled.split('^').map((field, index) => changes[index] ?? field);
}

function book(changes: Readonly<Record<number, string>> = {}): string[] {
  const fields = Array.from({ length: 59 }, () => '0');
  const values: Record<number, string> = {
    0: '005930',
    1: '093730',
    2: '0',
    3: '71900',
    4: '72000',
    13: '71800',
    14: '71700',
    23: '91918',
    24: '117942',
    33: '92673',
    34: '214101',
  };
  return fields.map((field, index) => changes[index] ?? values[index] ?? field);
}

test('parseFrame() tells data, control and garbage apart', () => {
  assert.deepEqual(parseFrame('0|H0STCNT0|002|a^b|c'), {
    kind: 'data',
    isEncrypted: false,
    trId: 'H0STCNT0',
    count: 2,
    payload: 'a^b|c',
  });
  assert.equal(parseFrame('{"header":{}}').kind, 'control');
  for (const text of ['', '0|', '2|H0STCNT0|001|x', '0|H0STCNT0|000|x', '0|H0STCNT0|1|x', 'hello']) {
    assert.equal(parseFrame(text).kind, 'garbage', text);
  }
});

test('splitRecords() takes the width of a record from the frame and ignores what was appended', () => {
  const records = splitRecords(`${trade}^2^${trade}^3`, 2, tradeRecord.fieldsMin);

  assert.deepEqual(
    records?.map((record) => [record.length, tickOf(record)?.price]),
    [
      [47, 71_900],
      [47, 71_900],
    ],
  );
});

test('splitRecords() refuses a layout that lost a field or does not divide', () => {
  assert.equal(splitRecords(trade.slice(0, trade.lastIndexOf('^')), 1, tradeRecord.fieldsMin), null);
  assert.equal(splitRecords(`${trade}^${trade}^1`, 2, tradeRecord.fieldsMin), null);
  assert.equal(splitRecords('', 1, tradeRecord.fieldsMin), null);
});

test('tickOf() reads the real record of the specification', () => {
  assert.deepEqual(tickOf(trade.split('^')), {
    instrument: 'KRX:005930',
    at: Temporal.Instant.from('2023-06-12T00:33:54Z'),
    price: 71_900,
    quantity: 1,
    volumeOfDay: 3_052_507,
  });
});

test('tickOf() makes no price of a record whose columns have shifted', () => {
  const fields = trade.split('^');

  assert.equal(tickOf(['2', ...fields]), null);
  assert.equal(tickOf(fields.slice(1)), null);
  assert.equal(tickOf(fields.toSpliced(2, 0, '1')), null);
});

test('tickOf() makes no price of a damaged field', () => {
  const prices = fc.oneof(
    fc.constantFrom('', '0', '-1', '1.5', '(null)', '7190O', 'NaN', '99999999999999999', '000000', '70000000'),
    fc.string().filter((text) => !/^\d+$/.test(text)),
  );
  fc.assert(
    fc.property(prices, (price) => {
      assert.equal(tickOf(trade.split('^').with(tradeRecord.price, price)), null);
    }),
  );
});

test('tickOf() and its neighbours never throw, whatever the frame holds', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.integer({ min: 1, max: 5 }), (fields, count) => {
      const records = splitRecords(fields.join('^'), count, 1) ?? [];
      for (const record of records) {
        assert.equal(tickOf(record), null);
        assert.equal(orderBookOf(record, today), null);
        noticeOf(record, account, today);
      }
    }),
  );
});

test('orderBookOf() keeps the levels that somebody quotes, best first', () => {
  assert.deepEqual(orderBookOf(book(), today), {
    instrument: 'KRX:005930',
    at: Temporal.Instant.from('2026-11-20T00:37:30Z'),
    asks: [
      { price: 71_900, quantity: 91_918 },
      { price: 72_000, quantity: 117_942 },
    ],
    bids: [
      { price: 71_800, quantity: 92_673 },
      { price: 71_700, quantity: 214_101 },
    ],
  });
});

test('orderBookOf() refuses a book that is out of order or not made of numbers', () => {
  assert.equal(orderBookOf(book({ 4: '71900' }), today), null);
  assert.equal(orderBookOf(book({ 14: '71900' }), today), null);
  assert.equal(orderBookOf(book({ 23: '' }), today), null);
});

test('noticeOf() reads a fill', () => {
  assert.deepEqual(noticeOf(notice({}), account, today), {
    kind: 'filled',
    fill: {
      brokerOrderId: '0000117057',
      instrument: 'KRX:005930',
      side: 'buy',
      price: 70_000,
      quantity: 2,
      at: Temporal.Instant.from('2026-11-20T03:10:53Z'),
    },
  });
});

for (const [name, changes, kind] of [
  ['an acceptance', { 13: '1', 14: '1' }, 'accepted'],
  ['a refusal of the exchange', { 12: '1', 13: '1', 14: '1' }, 'rejected'],
  ['a confirmed cancel', { 3: '0000117056', 5: '2', 13: '1', 14: '2' }, 'cancelled'],
  ['a confirmed amendment', { 3: '0000117056', 5: '1', 13: '1', 14: '2' }, 'amended'],
  ['an IOC remainder', { 13: '1', 14: '3' }, 'expired'],
] as const) {
  test(`noticeOf() reads ${name}`, () => {
    const reading = noticeOf(notice(changes), account, today);

    assert.ok(typeof reading === 'object' && reading !== null && reading.kind !== 'filled');
    assert.equal(reading.kind, kind);
    assert.equal(reading.originalId, '3' in changes ? '0000117056' : null);
    assert.deepEqual(reading.order, {
      brokerOrderId: '0000117057',
      forwardingOffice: '91252',
      instrument: 'KRX:005930',
      side: 'buy',
    });
  });
}

test('noticeOf() says nothing of a mere receipt, nor of another account', () => {
  assert.equal(noticeOf(notice({ 5: '2', 13: '1', 14: '1' }), account, today), 'silent');
  assert.equal(noticeOf(notice({ 1: '9999999901' }), account, today), 'foreign');
});

test('noticeOf() makes no fill of a damaged notice', () => {
  for (const changes of [
    { 2: '' },
    { 4: '03' },
    { 9: '0000000000' },
    { 10: '' },
    { 10: '000000000' },
    { 11: '250000' },
    { 13: '3' },
  ]) {
    assert.equal(noticeOf(notice(changes), account, today), null, JSON.stringify(changes));
  }
});

test('noticeOf() reads the 23 fields of before 2025 as well', () => {
  assert.equal((noticeOf(notice({}).slice(0, 23), account, today) as { kind: string }).kind, 'filled');
});

test('decryptNotice() opens what AES-256-CBC sealed and nothing else', () => {
  const key = { key: 'abcdefghijklmnopqrstuvwxyzabcdef', iv: '0123456789abcdef' };
  const cipher = createCipheriv('aes-256-cbc', key.key, key.iv);
  const sealed = cipher.update(filled, 'utf8', 'base64') + cipher.final('base64');

  assert.equal(decryptNotice(sealed, key), filled);
  assert.equal(decryptNotice(sealed.slice(0, -8), key), null);
  assert.equal(decryptNotice(sealed, { ...key, key: 'ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF' }), null);
  assert.equal(decryptNotice('not base64 at all', key), null);
});

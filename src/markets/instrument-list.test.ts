import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readInstrumentList, writeInstrumentList, type InstrumentList } from './instrument-list.ts';
import { listings } from './listings.ts';

const list: InstrumentList = {
  date: Temporal.PlainDate.from('2026-11-20'),
  instruments: listings.map(({ id, symbol, name, market, kind }) => ({
    id,
    symbol,
    name,
    market,
    kind,
    designation: symbol === '000660' ? 'overheated' : 'none',
  })),
};

test('readInstrumentList() reads what writeInstrumentList() wrote', () => {
  assert.deepEqual(readInstrumentList(writeInstrumentList(list)), list);
  assert.deepEqual(readInstrumentList(writeInstrumentList({ ...list, instruments: [] }))?.instruments, []);
});

test('readInstrumentList() takes no half list', () => {
  const text = writeInstrumentList(list);
  const spoiled = [
    '',
    text.replace('2026-11-20', 'no day'),
    text.slice(0, -20),
    text.replace('"KOSPI"', '"NYSE"'),
    text.replace('"none"', '"fine"'),
    text.replace('"stock"', '"share"'),
    text.replace('"005930"', '"5930"'),
    '[]',
    'null',
    '{"date":"2026-11-20","instruments":[{}]}',
  ];

  for (const one of spoiled) assert.equal(readInstrumentList(one), null, one.slice(0, 40));
});

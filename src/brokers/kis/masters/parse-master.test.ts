import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';

import { designationOf } from './master-record.ts';
import { parseMaster } from './parse-master.ts';

/** Names as cp949 bytes, written by another encoder. */
const names = {
  samsung: 'bbefbcbac0fcc0da',
  ecopro: 'bfa1c4dac7c1b7cebaf1bfa5',
  tiger: '544947455220c4dabdbab4da313530b7b9b9f6b8aec1f6',
  etn: 'bbefbcba20b7b9b9f6b8aec1f620b1b8b8ae20bcb1b9b02045544e284829',
  ensol: 'bfa3bcd6b9d9c0ccbfc0bbe7c0ccbef0bdba',
} as const;

/** Nine of code, twelve of ISIN, forty of name, as the specification counts them; a bar only parts fields here. */
function line(head: { code: string; isin: string; name: string }, ...tail: readonly string[]): Buffer {
  const name = Buffer.concat([Buffer.from(head.name, 'hex'), Buffer.alloc(40, ' ')]).subarray(0, 40);
  return Buffer.concat([
    Buffer.from(head.code.padEnd(9) + head.isin),
    name,
    Buffer.from(tail.join('').replaceAll('|', '')),
    Buffer.from('\n'),
  ]);
}

const samsung = { code: '005930', isin: 'KR7005930003', name: names.samsung };

/** A whole KOSPI line, field by field in the order of the specification. */
function kospi(
  head: { code: string; isin: string; name: string },
  { group = 'ST', overheat = '0', base = '000071900', marks = 'NNN00', listed = '19750611', preferred = '0' } = {},
): Buffer {
  return line(
    head,
    `${group}|1|0027|0013|0000`,
    // Manufacturing to KRX; ETP kind, ELW issuer; KRX100 to bank; SPAC; energy, steel; overheating; media to SRI.
    `YNY5YYY|0|Y|YNYNN|N|NN|${overheat}|NNNNNNNY`,
    `${base}|00001|00001|${marks}|NNN|00|00|00|020|Y|090`,
    `000011732410|000000000100|${listed}|000000005919638|000000000000778047000|12|0000000`,
    `${preferred}|N|N|Y|Y|000791405|000129000|000130000|00112|000000980|20260630`,
    '004292300|001|N|Y|Y',
  );
}

test('parseMaster() reads a KOSPI line written by hand from the widths', () => {
  const { records, badLines } = parseMaster(kospi(samsung), 'KOSPI');

  assert.equal(kospi(samsung).length, 9 + 12 + 40 + 227 + 1);
  assert.equal(badLines, 0);
  assert.deepEqual(records, [
    {
      code: '005930',
      instrument: 'KRX:005930',
      isin: 'KR7005930003',
      name: '삼성전자',
      market: 'KOSPI',
      kind: 'stock',
      basePrice: 71_900,
      lot: 1,
      isHalted: false,
      isLiquidated: false,
      isManaged: false,
      warning: 'none',
      isOverheated: false,
      isCautionIssue: false,
      isSpac: false,
      isPreferred: false,
      listedOn: Temporal.PlainDate.from('1975-06-11'),
      sharesListed: 5_919_638_000,
      parValue: 100,
      marginBps: 2_000,
    },
  ]);
});

test('parseMaster() reads a KOSDAQ line, with its own flags', () => {
  const bytes = line(
    { code: '247540', isin: 'KR7247540008', name: names.ecopro },
    'ST|1|1009|1028|0000',
    // Venture, liquidity, KRX; ETP; KRX100 to bank; SPAC; energy, steel; overheating; media, construction; caution issue.
    'YNY|0|YNNNN|N|NN|2|NN|Y|NNNNY',
    '000152300|00001|00001|NNN02|NNN|00|00|00|040|N|000',
    '000001234567|000000000500|20190305|000000000097801|000000000000048900500|12|0048000',
    '0|N|N|Y|000300000|000010000|000010000|00080|000000350|20260630',
    '000148951|000|N|Y|N',
  );

  const [record] = parseMaster(bytes, 'KOSDAQ').records;

  assert.equal(bytes.length, 9 + 12 + 40 + 221 + 1);
  assert.ok(record !== undefined);
  assert.deepEqual(
    [record.name, record.basePrice, record.isOverheated, record.isCautionIssue, record.warning, record.marginBps],
    ['에코프로비엠', 152_300, true, true, 'warning', 4_000],
  );
  assert.deepEqual(
    [record.listedOn?.toString(), record.sharesListed, record.parValue],
    ['2019-03-05', 97_801_000, 500],
  );
});

test('parseMaster() reads a KONEX line', () => {
  const bytes = line(
    { code: '140610', isin: 'KR7140610000', name: names.ensol },
    'ST|000001465|00001|00001|NNN|00|NNN|00|00|00|100|N|000',
    '000000002103|000000000500|20131230|000000000012345|000000000000006172500|12|0000000',
    '0|NNN|000001000|000000100|000000100|00001|000000100|20260630|000000180|NNN',
  );

  const { records, badLines } = parseMaster(bytes, 'KONEX');

  assert.equal(bytes.length, 9 + 12 + 40 + 184 + 1);
  assert.equal(badLines, 0);
  assert.deepEqual(
    [records[0]?.name, records[0]?.basePrice, records[0]?.marginBps, records[0]?.sharesListed],
    ['엔솔바이오사이언스', 1_465, 10_000, 12_345_000],
  );
});

test('parseMaster() tells ETF, ETN, and what has no listing code apart', () => {
  const bytes = Buffer.concat([
    kospi({ code: '233740', isin: 'KR7233740000', name: names.tiger }, { group: 'EF' }),
    kospi({ code: 'Q530031', isin: 'KRG530000317', name: names.etn }, { group: 'EN' }),
    kospi({ code: 'J0036221D', isin: 'KRA0036221D7', name: names.samsung }, { group: 'SW', base: ' '.repeat(9) }),
  ]);

  const { records } = parseMaster(bytes, 'KOSPI');

  assert.deepEqual(
    records.map(({ name, kind, instrument, basePrice }) => [name, kind, instrument, basePrice]),
    [
      ['TIGER 코스닥150레버리지', 'etf', 'KRX:233740', 71_900],
      ['삼성 레버리지 구리 선물 ETN(H)', 'etn', 'KRX:530031', 71_900],
      ['삼성전자', 'warrant', null, null],
    ],
  );
});

test('parseMaster() counts a bad line with its number and reads the lines around it', () => {
  const whole = kospi(samsung);
  const isHalf = Buffer.concat([whole.subarray(0, 100), Buffer.from('\n')]);
  const cases: readonly [Buffer, RegExp][] = [
    [isHalf, /100 bytes, wanted 288/],
    [kospi(samsung, { group: 'ZZ' }), /group/],
    [kospi(samsung, { base: '0000x1900' }), /basePrice/],
    [kospi(samsung, { listed: '20260230' }), /listedOn/],
    [kospi(samsung, { marks: 'NNN07' }), /warning/],
    [kospi(samsung, { marks: 'NXN00' }), /isLiquidated/],
    [kospi({ ...samsung, isin: 'KR70059300  ' }), /standard code/],
    [kospi({ ...samsung, name: '' }), /name/],
    // A letter cut in half at the end of the field.
    [kospi({ ...samsung, name: `${'20'.repeat(39)}bb` }), /name is not cp949/],
    [Buffer.from('\n'), /0 bytes/],
  ];

  for (const [bytes, cause] of cases) {
    const { records, badLines, bad } = parseMaster(Buffer.concat([whole, bytes, whole]), 'KOSPI');

    assert.equal(records.length, 2, String(cause));
    assert.equal(badLines, 1);
    assert.equal(bad[0]?.line, 2);
    assert.match(bad[0]?.cause ?? '', cause);
  }
});

test('parseMaster() takes lines ended by carriage return and line feed, and a last one without an end', () => {
  const whole = kospi(samsung).subarray(0, -1);

  const { records, badLines } = parseMaster(Buffer.concat([whole, Buffer.from('\r\n'), whole]), 'KOSPI');

  assert.deepEqual([records.length, badLines], [2, 0]);
});

test('parseMaster() never fails and never invents a record, whatever the bytes', () => {
  const whole = kospi(samsung);
  fc.assert(
    fc.property(fc.nat({ max: 287 }), fc.nat({ max: 255 }), fc.uint8Array({ maxLength: 600 }), (at, byte, noise) => {
      const changed = Buffer.from(whole);
      changed[at] = byte;

      const { records, badLines } = parseMaster(changed, 'KOSPI');
      const junk = parseMaster(noise, 'KOSPI');

      assert.ok(byte === 0x0a || records.length + badLines === 1);
      assert.equal(junk.records.length, 0);
    }),
    { numRuns: 500 },
  );
});

test('designationOf() gives the strongest restriction, and an announced overheating is none', () => {
  const designation = (fields: Parameters<typeof kospi>[1]): string => {
    const [record] = parseMaster(kospi(samsung, fields), 'KOSPI').records;
    assert.ok(record !== undefined);
    return designationOf(record);
  };

  assert.equal(designation({}), 'none');
  assert.equal(designation({ overheat: '1' }), 'none');
  assert.equal(designation({ overheat: '2' }), 'overheated');
  assert.equal(designation({ overheat: '3', marks: 'NNN02' }), 'overheated');
  assert.equal(designation({ marks: 'NNN01' }), 'caution');
  assert.equal(designation({ marks: 'NNN03' }), 'risk');
  assert.equal(designation({ marks: 'NNY03' }), 'managed');
  assert.equal(designation({ marks: 'NYY03' }), 'liquidation');
  assert.equal(designation({ marks: 'YYY03' }), 'halted');
});

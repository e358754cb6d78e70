import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { BarSeries } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import type { BarReading } from './bar-reading.ts';
import { csvLines } from './csv/csv-export.ts';
import { readCsvBars, type CsvImport } from './csv/csv-import.ts';
import { dayStartsAtMs } from './csv/csv-series.ts';
import { madeMinutes } from './fixtures/made-minutes.ts';
import { minuteIn, stampIn } from './minutes/minute-stamp.ts';
import type { SessionMinutes } from './minutes/session-minutes.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-minutes-'));
after(() => rmSync(folder, { recursive: true }));

const hours: SessionMinutes = { continuous: [{ from: 540, to: 920 }], closesAt: 930, extra: [] };
const reading: BarReading = { interval: 'detect', stamp: 'detect', sessions: () => hours };
const head = 'date,time,open,high,low,close,volume';
const numbers = '100,110,90,105,10';

let files = 0;
function read(content: string, options: Partial<BarReading> = {}, name = '005930.csv'): CsvImport {
  files += 1;
  const own = mkdtempSync(join(folder, `case-${files}-`));
  writeFileSync(join(own, name), content);
  return readCsvBars(join(own, name), () => 'unknown', { ...reading, ...options });
}

function minutesOf({ series }: CsvImport): readonly string[] {
  return Array.from(series[0]!.series.startsAtMs, (at, row) => {
    const date = series[0]!.series.date[row]!;
    return `${date} ${(at - dayStartsAtMs(date)) / 60_000}`;
  });
}

/** The two minutes that each of these files is of. */
const wanted = ['20261120 540', '20261120 541'];
const readable: readonly (readonly [name: string, text: string])[] = [
  ['day and time', `${head}\n20261120,0900,${numbers}\n20261120,0901,${numbers}\n`],
  ['day and time with seconds', `${head}\n20261120,090000,${numbers}\n20261120,090100,${numbers}\n`],
  ['times that lost their zeros', `${head}\n20261120,900,${numbers}\n20261120,90100,${numbers}\n`],
  ['Korean heads', `일자,시간,시가,고가,저가,종가,거래량\n2026/11/20,09:00,${numbers}\n2026/11/20,09:01,${numbers}\n`],
  ['newest first', `${head}\n20261120,090100,${numbers}\n20261120,090000,${numbers}\n`],
  ['no head', `20261120,090000,${numbers}\n20261120,090100,${numbers}\n`],
  ['no head and an amount', `20261120,090100,${numbers},99\n20261120,090000,${numbers},99\n`],
  ['a moment', `일시,시가,고가,저가,종가,거래량\n2026-11-20 09:00,${numbers}\n2026-11-20 09:01,${numbers}\n`],
  [
    'a moment of Excel',
    `일시,시가,고가,저가,종가,거래량\n2026-11-20 오전 9:00,${numbers}\n2026-11-20 오전 9:01:00,${numbers}\n`,
  ],
  [
    'ISO with an offset',
    `timestamp,open,high,low,close,volume\n2026-11-20T09:00:00+09:00,${numbers}\n2026-11-20T09:01:00+09:00,${numbers}\n`,
  ],
  [
    'ISO in UTC',
    `timestamp,open,high,low,close,volume\n2026-11-20T00:00:00Z,${numbers}\n2026-11-20T00:01:00.000Z,${numbers}\n`,
  ],
  ['milliseconds', `timestamp,open,high,low,close,volume\n1795132800000,${numbers}\n1795132860000,${numbers}\n`],
  [
    'nanoseconds',
    `timestamp,open,high,low,close,volume\n1795132800000000000,${numbers}\n1795132860000000000,${numbers}\n`,
  ],
  ['seconds', `time,open,high,low,close,volume\n1795132800,${numbers}\n1795132860,${numbers}\n`],
  [
    'digits alone',
    `체결시간,현재가,시가,고가,저가,거래량\n20261120090000,105,100,110,90,10\n20261120090100,105,100,110,90,10\n`,
  ],
  [
    "KIS's own names",
    `stck_bsop_date,stck_cntg_hour,stck_prpr,stck_oprc,stck_hgpr,stck_lwpr,cntg_vol,acml_tr_pbmn\n20261120,090100,105,100,110,90,10,7\n20261120,090000,105,100,110,90,10,7\n`,
  ],
];

describe('readCsvBars()', () => {
  for (const [name, text] of readable) {
    test(`readCsvBars() finds minutes and their starts by itself: ${name}`, () => {
      const found = read(text);

      assert.deepEqual(minutesOf(found), wanted);
      const { interval, stamp } = found.files[0]!;
      assert.deepEqual([interval, stamp], ['1m', { kind: 'start', why: 'detected' }]);
      assert.deepEqual([...found.series[0]!.series.close], [105, 105]);
    });
  }

  const refused: readonly (readonly [name: string, text: string, code: string, says: RegExp, Partial<BarReading>?])[] =
    [
      [
        'times that are neither starts nor ends for sure',
        `${head}\n20261120,0905,${numbers}\n20261120,0906,${numbers}\n`,
        'data.csv-stamp',
        /no bar of an opening minute.*--stamp start or --stamp end/,
      ],
      [
        'a day with starts and another with ends',
        `${head}\n20261119,0900,${numbers}\n20261119,0901,${numbers}\n20261120,0901,${numbers}\n20261120,1520,${numbers}\n`,
        'data.csv-stamp',
        /1 days whose times start their minutes and 1 whose times end them/,
      ],
      [
        'days with a time, each once',
        `${head}\n20261119,1530,${numbers}\n20261120,0901,${numbers}\n`,
        'data.csv-interval',
        /--interval 1d or --interval 1m/,
      ],
      [
        'bars of five minutes',
        `${head}\n${Array.from({ length: 40 }, (_, bar) => `20261120,${9 + Math.floor(bar / 12)}:${String((bar % 12) * 5).padStart(2, '0')},${numbers}`).join('\n')}\n`,
        'data.csv-interval',
        /found bars of 5 minutes, wanted bars of one minute/,
      ],
      [
        'seconds',
        `${head}\n20261120,090000,${numbers}\n20261120,090030,${numbers}\n`,
        'data.csv-cell',
        /line 3, column "time": found "090030", wanted the time of a minute bar/,
      ],
      [
        'several wrong rows',
        `${head}\n20261120,0900,1,2,3,4,5\n20261120,0901,${numbers}\n20261120,0902,x,110,90,105,10\n20261120,0903,-1,110,90,105,10\n`,
        'data.csv-row',
        /line 2: found open 1.* 2 more rows have problems: line 4, 5\.$/,
      ],
      [
        'one minute twice with other numbers',
        `${head}\n20261120,0900,${numbers}\n20261120,0900,100,110,90,104,10\n`,
        'data.csv-duplicate',
        /the same minute/,
      ],
      [
        'an end at midnight',
        `${head}\n20261120,0000,${numbers}\n20261120,0901,${numbers}\n`,
        'data.csv-stamp',
        /ends at 00:00/,
        { stamp: 'end' },
      ],
    ];
  for (const [name, text, code, says, options] of refused) {
    test(`readCsvBars() refuses ${name}, in one sentence`, () => {
      assert.throws(
        () => read(text, options),
        (error) => error instanceof FixConfiguration && error.code === code && says.test(error.message),
      );
    });
  }
});

test('readCsvBars() moves times that end their minutes one back, and leaves the closing print on the close', () => {
  const rows = ['0901', '1520', '1530'].map((time) => `20261120,${time},${numbers}`);
  const vendor = ['0901', '1520', '1531'].map((time) => `20261120,${time},${numbers}`);

  const found = read(`${head}\n${rows.join('\n')}\n`);

  assert.deepEqual(minutesOf(found), ['20261120 540', '20261120 919', '20261120 930']);
  assert.deepEqual(found.files[0]!.stamp, { kind: 'end', why: 'detected' });
  assert.deepEqual(minutesOf(read(`${head}\n${vendor.join('\n')}\n`)), minutesOf(found));
  assert.deepEqual(minutesOf(read(`${head}\n${rows.join('\n')}\n`, { stamp: 'start' })), [
    '20261120 541',
    '20261120 920',
    '20261120 930',
  ]);
});

test('readCsvBars() takes days for days, whatever stands in a column of times that never changes', () => {
  const days = [16, 17, 18, 19, 20].map((day) => `202611${day},153000,${numbers}`);

  const found = read(`${head}\n${days.join('\n')}\n`);

  assert.equal(found.files[0]!.interval, '1d');
  assert.equal(found.series[0]!.series.date.length, 5);
});

test('readCsvBars() joins the minutes that a folder has of an instrument by day, and refuses files that differ', () => {
  const own = mkdtempSync(join(folder, 'days-'));
  for (const day of [18, 19, 20]) {
    writeFileSync(
      join(own, `005930_202611${day}.csv`),
      `${head}\n202611${day},0900,${numbers}\n202611${day},0901,${numbers}\n`,
    );
  }
  const joined = readCsvBars(own, () => 'unknown', reading);
  writeFileSync(join(own, '005930_again.csv'), `${head}\n20261119,0900,100,110,90,104,10\n20261119,0901,${numbers}\n`);

  assert.equal(joined.series.length, 1);
  assert.equal(joined.files[0]!.file, '005930_20261118.csv +2');
  assert.deepEqual(
    [...joined.series[0]!.series.date],
    [18, 18, 19, 19, 20, 20].map((day) => 20261100 + day),
  );
  assert.throws(
    () => readCsvBars(own, () => 'unknown', reading),
    (error) => error instanceof FixConfiguration && /005930 at 2026-11-19T09:00 that differs/.test(error.message),
  );
});

test('stampIn() and minuteIn() read a time or nothing', () => {
  assert.deepEqual(stampIn('2026-11-20 오후 3:30'), { date: 20261120, minute: 930 });
  assert.deepEqual(stampIn('2026-11-19T20:00:00-04:00'), { date: 20261120, minute: 540 });
  assert.equal(minuteIn('오전 12:01'), 1);
  for (const cell of ['', '9', '24:00', '09:60', '오후 13:00', '090101', 'x', '1:2:3:4'])
    assert.equal(minuteIn(cell), null, cell);
  for (const cell of ['20261120', '2026-02-30 09:00', '2401030901', '1795132800500', '09:00']) {
    assert.equal(stampIn(cell), null, cell);
  }
});

test('T19 readCsvBars() answers every file of minutes with a changed byte, and any cells for day and time, by bars or by one sentence', () => {
  const good = `${head},interval\n20261120,0900,${numbers},1m\n2026-11-20,09:01,${numbers},1m\n20261120,오전 9:02,${numbers},\n`;
  const answers = (text: string): boolean => {
    try {
      return read(text).series.length > 0;
    } catch (error) {
      assert.ok(error instanceof FixConfiguration && error.code.startsWith('data.csv-'), String(error));
      return false;
    }
  };
  const cell = fc
    .oneof(fc.string({ maxLength: 20 }), fc.stringMatching(/^[0-9:T Z+.-]{0,25}$/))
    .map((text) => text.replaceAll(/[\r\n",;\t]/g, ''));

  fc.assert(
    fc.property(fc.nat({ max: good.length - 1 }), fc.integer({ min: 1, max: 0x24_ff }), (place, letter) => {
      answers(good.slice(0, place) + String.fromCharCode(letter) + good.slice(place + 1));
    }),
    { numRuns: 80 },
  );
  fc.assert(
    fc.property(cell, cell, (day, time) => {
      answers(`${head}\n${day},${time},${numbers}\n20261120,0900,${numbers}\n`);
    }),
    { numRuns: 80 },
  );
  assert.ok(answers(good), 'the file itself is read');
});

test('readCsvBars() reads a file of many days with word of how far it is', () => {
  const days = Array.from({ length: 55 }, (_, day) => dayAfter(20240102, day));
  const series: BarSeries = madeMinutes('KRX:005930', { days });
  const told: number[] = [];

  const { series: found } = read(csvLines(series, '').join(''), { onProgress: (fraction) => told.push(fraction) });

  assert.deepEqual(found[0]!.series, series);
  assert.ok(told.length > 0 && told.every((fraction, place) => fraction <= 1 && fraction >= (told[place - 1] ?? 0)));
});

function dayAfter(date: number, days: number): number {
  const day = new Date(Date.UTC(Math.trunc(date / 10_000), (Math.trunc(date / 100) % 100) - 1, (date % 100) + days));
  return Number(day.toISOString().slice(0, 10).replaceAll('-', ''));
}

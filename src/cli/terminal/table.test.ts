import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plotLines } from './plot.ts';
import { tableLines } from './table.ts';
import { cutText, textWidth } from './text-width.ts';

test('textWidth() counts Hangul as two columns and cutText() never leaves more than asked for', () => {
  assert.equal(textWidth('삼성전자 A'), 10);
  assert.equal(cutText('삼성전자', 8), '삼성전자');
  assert.equal(cutText('삼성전자', 6), '삼성…');
  assert.ok(textWidth(cutText('삼성전자', 5)) <= 5);
});

test('tableLines() keeps columns under each other when names are wide', () => {
  const lines = tableLines(
    [
      { head: '종목', align: 'left' },
      { head: '값', align: 'right' },
    ],
    [
      ['삼성전자', '75,900'],
      ['NAVER', '9'],
    ],
  );

  assert.deepEqual(lines, ['종목          값', '────────  ──────', '삼성전자  75,900', 'NAVER          9']);
});

test('plotLines() stays within 80 columns and draws the ends where they belong', () => {
  const options = { from: '2010', to: '2023', labelOf: String, rows: 4 };

  const rising = plotLines(
    Array.from({ length: 500 }, (_, index) => index),
    options,
  );
  const flat = plotLines([7], options);

  assert.equal(rising.length, 5);
  assert.ok(rising.every((line) => textWidth(line) <= 80));
  assert.match(rising[0]!, /[^\u2800] ┤499$/u);
  assert.match(rising[3]!, /^[^\u2800]/u);
  assert.match(flat[2]!, /^[^\u2800]{68} /u);
});

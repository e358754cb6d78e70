import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leanTableLines } from './lean-table.ts';
import { textWidth } from './text-width.ts';
import { wrappedText } from './wrapped-text.ts';

process.env['SNOWBALL_LANGUAGE'] = 'en';
const name = { head: 'name', align: 'left' } as const;
const count = (head: string) => ({ head, align: 'right' }) as const;

test('leanTableLines() leaves out columns of zeros only where the table is wider than a terminal, and names them', () => {
  const [narrow, wide] = [
    [name, count('some'), count('none')],
    [name, count('x'.repeat(50)), count('y'.repeat(40))],
  ];

  const whole = leanTableLines(narrow, [['a', '1', '0']]);
  const lean = leanTableLines(wide, [
    ['a', '1', '0'],
    ['b', '0', '0'],
  ]);

  assert.match(whole[0]!, /none/);
  assert.deepEqual(lean.at(-1), `0 throughout: ${'y'.repeat(40)}.`);
  assert.ok(lean.slice(0, -1).every((line) => textWidth(line) <= 80 && !line.includes('y')));
  assert.equal(lean[3], `b     ${'0'.padStart(50)}`);
});

test('wrappedText() breaks between words by what they take on a terminal', () => {
  assert.equal(wrappedText('하나 둘 셋 넷', 7), '하나 둘\n셋 넷');
  assert.equal(wrappedText('short', 3), 'short');
});

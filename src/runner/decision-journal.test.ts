import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { DecisionJournal } from './decision-journal.ts';
import { MarketClock } from './feed/market-clock.ts';

const instrument = instrumentId('005930');
const barMs = Temporal.Instant.from('2026-11-17T01:00:00Z').epochMilliseconds;

describe('DecisionJournal', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'snow-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  function aJournal(strategy: string): DecisionJournal {
    const clock = new MarketClock(() => 0);
    clock.tell(barMs, 1);
    const journal = new DecisionJournal({ folder, strategy, clock });
    journal.barStartsAtMs = barMs;
    return journal;
  }

  test('writes the canonical line to the file of the day and a sentence for the screen', () => {
    const journal = aJournal('a');

    journal.record({ kind: 'note', instrument, message: 'enter:golden-cross 골든크로스' });
    journal.record({ kind: 'submit', instrument, side: 'buy', quantity: 3, price: 70_000, reason: '골든크로스' });
    journal.record({ kind: 'note', instrument, message: 'skip:no-budget 모자라요.' });

    assert.deepEqual(readFileSync(join(folder, 'a-20261117.log'), 'utf8').split('\n'), [
      '2026-11-17T01:00:00Z 005930 note enter:golden-cross 골든크로스',
      '2026-11-17T01:00:00Z 005930 submit buy 3 @ 70000 골든크로스',
      '2026-11-17T01:00:00Z 005930 note skip:no-budget 모자라요.',
      '',
    ]);
    assert.deepEqual(
      journal.shown.map(({ message }) => message),
      ['모자라요.', '3주를 70,000원에 매수해요. 골든크로스'],
    );
  });

  test('keeps the newest twenty sentences', () => {
    const journal = aJournal('b');

    for (let count = 1; count <= 25; count += 1) journal.show('', `${count}`);

    assert.equal(journal.shown.length, 20);
    assert.equal(journal.shown[0]?.message, '25');
  });

  test('goes on when the file cannot be written, and says so', () => {
    const journal = aJournal('c');
    mkdirSync(join(folder, 'c-20261117.log'));

    journal.record({ kind: 'cancel', instrument, side: 'sell' });

    assert.deepEqual(
      journal.shown.map(({ message }) => message),
      ['남은 매도 주문을 취소해요.', '결정 기록을 파일에 쓰지 못했어요. (EISDIR)'],
    );
  });
});

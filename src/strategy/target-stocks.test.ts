import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parseTargetStocks } from './target-stocks.ts';

describe('parseTargetStocks()', () => {
  test('reads codes and the names after them', () => {
    const read = parseTargetStocks('005930 # 삼성전자\n0126Z0\n');

    assert.deepEqual(read, {
      kind: 'read',
      symbols: [
        { instrument: 'KRX:005930', symbol: '005930', name: '삼성전자' },
        { instrument: 'KRX:0126Z0', symbol: '0126Z0', name: '' },
      ],
    });
  });

  test('reads the example, twenty codes', () => {
    const read = parseTargetStocks(
      readFileSync(new URL('../../examples/tutorial/target_stocks.txt', import.meta.url), 'utf8'),
    );

    assert.equal(read.kind === 'read' && read.symbols.length, 20);
  });

  test('lets a byte order mark, CRLF, blank lines and comments through', () => {
    const read = parseTargetStocks('\uFEFF005930\r\n\r\n# 반도체\r\n  000660  #SK하이닉스 # 둘째\r\n');

    assert.deepEqual(read.kind === 'read' && read.symbols.map(({ symbol, name }) => [symbol, name]), [
      ['005930', ''],
      ['000660', 'SK하이닉스 # 둘째'],
    ]);
  });

  test('reports bad and repeated codes with their lines, and reads nothing', () => {
    const read = parseTargetStocks('005930\n5930\n005930 # again\n삼성전자\n');

    assert.equal(read.kind, 'problems');
    assert.deepEqual(read.kind === 'problems' && read.problems.map(({ line }) => line), [2, 3, 4]);
    assert.match(read.kind === 'problems' ? (read.problems[0]?.en ?? '') : '', /^"5930" is not a listing code/);
  });

  test('refuses a file without a code, and more than a thousand', () => {
    const many = Array.from({ length: 1_001 }, (_, index) => String(100_000 + index)).join('\n');

    assert.equal(parseTargetStocks('# nothing\n').kind, 'problems');
    assert.equal(parseTargetStocks(many).kind, 'problems');
  });
});

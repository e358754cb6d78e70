import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { aFile, bars, folder } from '../../../tests/support/backtest-command.ts';

const main = join(import.meta.dirname, '..', 'main.ts');

/** Runs the whole program in a process of its own, as a person does. */
function snowball(language: 'ko' | 'en', ...args: readonly string[]) {
  const env = { ...process.env, SNOWBALL_LANGUAGE: language, SNOWBALL_HOME: join(folder, 'home') };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env });
  return { status, stdout, lines: stderr.split('\n').filter((line) => line !== '') };
}

test('snowball backtest says in one line, and in the report, that a file asked chance or the clock, and its JSON is the result alone', () => {
  const coin = aFile(
    'coin.ts',
    `import { defineStrategy } from '#strategy/define-strategy.ts';
export const strategy = defineStrategy({
  name: 'coin', instruments: ['005930'], interval: '1d', warmUpBars: 1,
  onBar(context, bar) {
    if (!bar.isWarmUp && Math.random() < 0.5) context.buy(bar.instrument, 1, 'heads');
  },
});\n`,
  );

  const html = join(folder, 'coin.html');

  const [korean, english] = [
    snowball('ko', 'backtest', coin, '--bars', bars, '--json', '-', '--html', html),
    snowball('en', 'backtest', coin, '--bars', bars, '--why', '005930@2011-01-10'),
  ];

  assert.match(readFileSync(html, 'utf8'), /<li><b>전략이 쓴 Math\.random \(5행\) 때문에 [^<]+<\/b><\/li>/);
  assert.deepEqual([korean.status, english.status], [0, 0]);
  assert.match(
    korean.lines.at(-1) ?? '',
    /^전략이 쓴 Math\.random \(5행\) 때문에 다시 돌리면 결과가 달라질 수 있어요\. 난수는 /,
  );
  assert.match(
    english.lines.at(-1) ?? '',
    /^The strategy uses Math\.random \(line 5\), so another run may give another/,
  );
  assert.equal(english.lines.filter((line) => line.includes('Math.random')).length, 1);
  const result: unknown = JSON.parse(korean.stdout);
  assert.ok(typeof result === 'object' && result !== null && !('unrepeatable' in result) && 'trades' in result);
});

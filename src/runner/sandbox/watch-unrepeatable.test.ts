import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { won } from '#domain/won.ts';
import { instrument, startTrial, strategyThat } from '../../../tests/support/strategy-trial.ts';

const home = mkdtempSync(join(tmpdir(), 'snow-'));
after(() => rmSync(home, { recursive: true, force: true }));

const price = won(70_000);
const bar = { startsAtMs: 0, date: 20_261_117, open: price, high: price, low: price, close: price, volume: 1 };

/** Shows `count` bars to a strategy, and ends it. */
async function remarksOf(source: string, count: number): Promise<{ remarks: string[]; lines: string[] }> {
  const trial = startTrial(home, source, { answerMs: 5_000 });
  await trial.started;
  for (let shown = 0; shown < count; shown += 1) {
    trial.brain.bar(instrument, bar, false);
    await trial.answered();
  }
  // The remark comes with the answer, right after what it decides.
  await Promise.resolve();
  await trial.brain.stop();
  assert.equal(trial.reason, null);
  return trial;
}

test('a strategy that trades and asks chance or the clock is told so once each, and its decisions are its own', async () => {
  const asks = `context.log(bar.instrument, String(Math.random() < 2)); if (count++ > 0) new Date();`;

  const { remarks, lines } = await remarksOf(strategyThat(asks, 'let count = 0;'), 4);

  assert.equal(remarks.length, 2, remarks.join('\n'));
  assert.match(remarks[0]!, /^전략이 쓴 Math\.random \(5행\) 때문에 .*new Random\(bar\.date\)를 쓰세요\.$/);
  assert.match(
    remarks[1]!,
    /^전략이 쓴 new Date\(\) \(5행\) 때문에 .*시각은 bar\.startsAtMs나 context\.nowMs를 쓰세요\.$/,
  );
  assert.deepEqual(lines, ['true', 'true', 'true', 'true']);
});

test('a strategy that trades by bars alone is told nothing, and may use seeded chance', async () => {
  const asks = 'context.log(bar.instrument, String(new Random(bar.date).below(10)));';

  const { remarks, lines } = await remarksOf(strategyThat(asks, `import { Random } from '#domain/random.ts';`), 2);

  assert.deepEqual(remarks, []);
  assert.equal(lines[0], lines[1]);
});

test('T12 a strategy that says the same again and again is heard once', async () => {
  const says = `process.stdout.write('');`;
  const forge = `const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (text) => write(text.replace('"actions"', '"unrepeatable":[{"name":"Date.now","line":null}],"actions"'));`;

  const { remarks } = await remarksOf(strategyThat(says, forge), 3);

  assert.equal(remarks.length, 1);
});

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { won } from '#domain/won.ts';
import { descendants, gone, isAlive } from '../../../tests/support/process-tree.ts';
import { openAt } from '../../../tests/support/sandbox-expectations.ts';
import { probes, probeStrategy } from '../../../tests/support/sandbox-probes.ts';
import { instrument, startTrial, strategyThat, type StrategyTrial } from '../../../tests/support/strategy-trial.ts';
import { detectIsolation } from './isolation-grade.ts';

const price = won(70_000);
/** Numbers that no user of this machine has. */
const nobodys = { uid: 64_997, gid: 64_997 };
const bar = { startsAtMs: 0, date: 20_261_117, open: price, high: price, low: price, close: price, volume: 1 };

describe('a strategy in its sandbox', () => {
  let home = '';
  let door: Server;
  let knocks = 0;

  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'snow-'));
    door = createServer(() => (knocks += 1));
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  });
  after(() => {
    door.close();
    rmSync(home, { recursive: true, force: true });
  });

  /** Starts `source`, shows it one bar, and resolves with what it logged or why it was ended. */
  async function ending(source: string): Promise<StrategyTrial> {
    const trial = startTrial(home, source);
    await trial.started;
    trial.brain.bar(instrument, bar, false);
    await trial.ended;
    await trial.brain.stop();
    return trial;
  }

  const bare = detectIsolation({ user: null, withBubblewrap: false });
  // B is tried where we may change to a user that owns nothing; A where bubblewrap works.
  const all = [bare, detectIsolation({ user: nobodys, withBubblewrap: false }), detectIsolation({ user: null })];
  const tried = all.filter((one, index) => one.grade === (['C', 'B', 'A'] as const)[index]);

  for (const isolation of tried) {
    const { grade } = isolation;
    const isExpected = (name: string): boolean => Object.hasOwn(openAt[grade], name);
    test(`T12 is denied each probe but those of the table at grade ${grade}, and no packet arrives`, async () => {
      const trial = startTrial(home, probeStrategy((door.address() as AddressInfo).port, process.pid), {
        isolation,
        answerMs: 5_000,
      });
      await trial.started;

      for (let shown = 0; shown < 2_000 && !trial.lines.includes('finished') && trial.reason === null; shown += 1) {
        trial.brain.bar(instrument, bar, false);
        await trial.answered();
      }
      await trial.brain.stop();

      assert.equal(trial.reason, null);
      const results = trial.lines.filter((line) => line !== 'finished');
      const escaped = results.flatMap((line) => /^ESCAPED ([^:]+):/.exec(line)?.[1] ?? []);
      assert.ok(Object.keys(probes).length >= 60);
      assert.equal(results.length, Object.keys(probes).length);
      assert.deepEqual(
        escaped.filter((name) => !isExpected(name)),
        [],
      );
      assert.equal(knocks, 0);
      assert.equal(existsSync('/tmp/snowball-probe'), false);
    });

    test(`T12 is killed when it eats memory outside the heap at grade ${grade}, and nothing of it is left`, async () => {
      const eater = `const eaten = []; setInterval(() => eaten.push(new Uint8Array(50_000_000).fill(1)), 5);`;
      const trial = startTrial(home, strategyThat('', eater), { isolation });
      await trial.started;
      const tree = descendants(trial.pid());
      await trial.ended;
      await trial.brain.stop();

      assert.match(trial.reason ?? '', /메모리를 너무 많이 썼어요|끝났어요/);
      await gone(tree);
    });
  }

  test('is killed when it loops for ever', async () => {
    const trial = await ending(strategyThat('for (;;) {}'));

    assert.match(trial.reason ?? '', /초 안에 답하지 않았어요/);
    assert.equal(isAlive(trial.pid()), false);
  });

  test('is killed when it loops for ever while loading', async () => {
    const trial = startTrial(home, 'for (;;) {}', { startMs: 500 });

    await assert.rejects(trial.started, /0.5초 안에 답하지 않았어요/);
  });

  test('is killed when it eats the heap', async () => {
    const trial = await ending(
      strategyThat('const eaten = []; for (;;) eaten.push(new Array(1_000_000).fill({}));', ''),
    );

    assert.match(trial.reason ?? '', /끝났어요|메모리|답하지 않았어요/);
    assert.equal(isAlive(trial.pid()), false);
  });

  test('is killed when it prints without end', async () => {
    const trial = await ending(strategyThat('', `setInterval(() => process.stderr.write('x'.repeat(400_000)), 1);`));

    assert.match(trial.reason ?? '', /너무 많이 출력했어요/);
  });

  test('is killed when it says something huge', async () => {
    const trial = await ending(strategyThat(`process.stdout.write('x'.repeat(200_000));`));

    assert.match(trial.reason ?? '', /65536바이트보다 긴 말/);
  });

  test('is killed when it says what is no message, or answers what was not asked', async () => {
    const nonsense = await ending(strategyThat(`process.stdout.write('{"kind":"order"}\\n');`));
    const unasked = await ending(strategyThat(`process.stdout.write('{"kind":"done","event":99,"actions":[]}\\n');`));

    assert.match(nonsense.reason ?? '', /약속에 없는 말/);
    assert.match(unasked.reason ?? '', /묻지 않은 일/);
  });

  test('is killed when it orders an instrument that it may not', async () => {
    const order = `context.submit({ instrument: 'KRX:000660', side: 'buy', quantity: 1, price: 100_000, reason: '' });`;
    const trial = await ending(strategyThat(order));

    assert.match(trial.reason ?? '', /허용하지 않은 종목 KRX:000660/);
    assert.deepEqual(trial.drafts, []);
  });

  test('is killed when it asks for more than forty things at once, or for a fraction of a share', async () => {
    const many = await ending(strategyThat(`for (let n = 0; n < 41; n += 1) context.log(bar.instrument, 'x');`));
    const draft = `{ instrument: bar.instrument, side: 'buy', quantity: 1.5, price: 100, reason: '' }`;
    const fraction = await ending(strategyThat(`context.submit(${draft});`));

    assert.match(many.reason ?? '', /More than 40 actions/);
    assert.match(fraction.reason ?? '', /약속에 없는 말/);
    assert.deepEqual(fraction.drafts, []);
  });

  test('hands over what an order waits for, and is killed when that is not among the words agreed on', async () => {
    const draft = `instrument: bar.instrument, side: 'sell', quantity: 1, price: 100, reason: ''`;
    const waits = `pricing: 'market', trigger: { kind: 'stop', price: 90 }, group: 'out', goodTill: 20261120`;
    const trial = startTrial(
      home,
      strategyThat(`if (bar.volume > 1) throw new Error('enough'); context.submit({ ${draft}, ${waits} });`),
    );
    await trial.started;
    trial.brain.bar(instrument, bar, false);
    trial.brain.bar(instrument, { ...bar, volume: 2 }, false);
    await trial.ended;
    await trial.brain.stop();
    const strange = await ending(strategyThat(`context.submit({ ${draft}, trigger: { kind: 'stop', price: 0.5 } });`));

    const [order] = trial.drafts;
    assert.deepEqual([order?.pricing, order?.trigger, order?.group], ['market', { kind: 'stop', price: 90 }, 'out']);
    assert.equal(order?.goodTill, 20_261_120);
    assert.match(strange.reason ?? '', /약속에 없는 말/);
    assert.deepEqual(strange.drafts, []);
  });

  test('is told apart when it ends itself or throws', async () => {
    const exited = await ending(strategyThat('process.exit(3);'));
    const threw = await ending(strategyThat(`throw new Error('my mistake');`));

    assert.match(exited.reason ?? '', /code 3/);
    assert.match(threw.reason ?? '', /Error: my mistake/);
  });

  test('is not loaded through a symbolic link, nor without an export', async () => {
    symlinkSync('/etc/passwd', join(home, 'link.ts'));
    const linked = startTrial(home, null, { file: join(home, 'link.ts') });
    const empty = startTrial(home, 'export const other = 1;');

    await assert.rejects(linked.started, { code: 'runner.strategy-file' });
    await assert.rejects(empty.started, /exports no "strategy"/);
  });

  test('gets a folder with its file, the words and the indicators, and nothing else', async () => {
    const trial = startTrial(home, strategyThat(''));
    await trial.started;
    await trial.brain.stop();

    assert.deepEqual(readdirSync(trial.folder).sort(), ['package.json', 'src', 'strategy.ts']);
    assert.deepEqual(readdirSync(join(trial.folder, 'src')).sort(), ['domain', 'indicators', 'runner', 'strategy']);
  });
});

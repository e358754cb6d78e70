import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { ReplayedStrategy } from '#link/day-replay.ts';
import { homeLayout } from '#link/home-layout.ts';
import { eventually, startHouse, type House } from './support/house.ts';
import { snowball, type Said } from './support/snowball.ts';

/** In the order of the answers: those of the day by name, then the one that acts on the close before. */
const names = ['mixed', 'rules', 'steady'] as const;

/** Six real processes, two market minutes in each second, three kinds of strategies: a day of theirs, decided anew by the command. */
describe('snowball replay', () => {
  let house: House;
  let folder: string;
  let decisions: string;
  let date: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'snowball-replayed-'));
    const config = writeStrategies(folder);
    house = await startHouse({ speed: 120, options: { runner: { config, dayDelayMs: 0 } } });
    decisions = join(homeLayout(house.home).runner, 'decisions');
    await eventually('decisions of every strategy', 40_000, async () =>
      lived('mixed', / submit .* denied/s, / (buy|sell) filled /, / cancel buy/) &&
      lived('rules', / submit buy /) &&
      lived('steady', / submit buy /)
        ? true
        : null,
    );
    await standStill();
    date = dayOf('mixed');
  });
  after(async () => {
    await house.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('parity: a paper day of real processes, replayed, gives the byte-identical decision log of every strategy', async () => {
    const days = [await replay(date, '--json'), await replay(dayOf('steady'), '--strategy', 'steady', '--json')];
    const told = days.flatMap(({ out }) => JSON.parse(out) as ReplayedStrategy[]).filter(({ lines }) => lines > 0);

    assert.deepEqual(
      days.map(({ code, errors }) => [code, errors]),
      days.map(() => [0, []]),
    );
    assert.deepEqual(
      told.map(({ strategy, difference, otherOrders, failure, isChanged }) => ({
        strategy,
        difference,
        otherOrders,
        failure,
        isChanged,
      })),
      names.map((strategy) => ({ strategy, difference: null, otherOrders: [], failure: null, isChanged: false })),
    );
    for (const { strategy, sha256, orders } of told) {
      assert.equal(sha256, createHash('sha256').update(logOf(strategy)).digest('hex'));
      assert.ok(orders > 0, `${strategy} ordered nothing`);
    }
  });

  it('snowball replay shows the first line that differs with both sides, and ends with 1', async () => {
    const file = join(decisions, `rules-${date}.log`);
    const [first = '', ...rest] = logOf('rules').split('\n');
    writeFileSync(file, [first.replace(/RSI.*$/, 'RSI 99.'), ...rest].join('\n'));

    const said = await replay(date, '--strategy', 'rules');

    assert.equal(said.code, 1);
    const lines = said.out.split('\n');
    assert.match(lines[0] ?? '', /^✖ rules {2}differs\./);
    assert.equal(lines[1], '  from line 1 on:');
    assert.match(lines[2] ?? '', /^ {2}day {3}: .* RSI 99\.$/);
    assert.equal(lines[3], `  replay: ${first}`);
  });

  function replay(day: string, ...more: readonly string[]): Promise<Said> {
    const config = join(folder, 'config', 'snowball.yaml');
    return snowball({ home: house.installation }, 'replay', day, '--config', config, ...more);
  }

  function fileOf(name: string): string | undefined {
    return globSync(`${name}-*.log`, { cwd: decisions }).toSorted().at(-1);
  }

  /** The newest decision log. */
  function logOf(name: string): string {
    const file = fileOf(name);
    return file === undefined ? '' : readFileSync(join(decisions, file), 'utf8');
  }

  function dayOf(name: string): string {
    return /-(\d{8})\.log$/.exec(fileOf(name) ?? '')?.[1] ?? '';
  }

  function lived(name: string, ...wanted: readonly RegExp[]): boolean {
    return wanted.every((one) => one.test(logOf(name)));
  }

  /** The market stops, and what was on its way has arrived. */
  async function standStill(): Promise<void> {
    const console = String(house.ready.get('testbed')?.['console']);
    const answer = await fetch(`${console}/clock`, { method: 'POST', body: JSON.stringify({ pause: true }) });
    assert.equal(answer.status, 200);
    let [before, quiet] = ['', 0];
    await eventually('a standing market', 10_000, async () => {
      const now = globSync('*', { cwd: decisions })
        .map((name) => `${name} ${statSync(join(decisions, name)).size}`)
        .join();
      quiet = now === before ? quiet + 1 : 0;
      before = now;
      return quiet >= 4 ? true : null;
    });
  }
});

const mixed = `import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { defineStrategy } from '#strategy/define-strategy.ts';

const waiting = [];
let count = 0;

/** A little of everything: brackets, a resting order that is cancelled, one that is denied, a timer, notes of all news. */
export const strategy = defineStrategy({
  name: 'mixed', instruments: ['015760', '035720'], interval: '1m', warmUpBars: 5,
  timers: { first: { kind: 'daily', at: '09:05' } },
  onTimer(context, name) {
    context.log('KRX:015760', 'timer ' + name + ' with ' + context.cash + ' at ' + context.nowMs);
  },
  onBar(context, { instrument, close, isWarmUp }) {
    if (isWarmUp) return context.log(instrument, 'history is not on record');
    count += 1;
    const held = context.position(instrument);
    context.log(instrument, close + ' holds ' + (held?.quantity ?? 0) + ' at ' + (held?.averagePrice ?? 0) + ', ' + context.equity);
    for (const id of waiting.splice(0)) context.cancel(id);
    const at = (share) => context.limitPrice(instrument, 'sell', close, share);
    const buy = { instrument, side: 'buy', quantity: quantity(3 + (count % 4)), reason: 'bar ' + count };
    if (count === 2) context.submit({ ...buy, quantity: quantity(900_000), price: at(0), reason: 'denied' });
    if (count % 5 === 3) waiting.push(context.submit({ ...buy, price: context.limitPrice(instrument, 'buy', close, -250), reason: 'rests' }));
    if (held !== null || context.hasOpenOrder(instrument)) return;
    const exits = { stopPrice: at(8), targetPrice: context.limitPrice(instrument, 'buy', close, 8) };
    context.submit({ ...buy, price: context.limitPrice(instrument, 'buy', close, 100), exits });
  },
  onOrder(context, { instrument, side, state, filled, code }) {
    context.log(instrument, side + ' ' + state + ' ' + filled + ' ' + code + ' ' + context.cash);
  },
});
`;

const settings = `strategy: { ma_short: 2, ma_long: 3, rsi_period: 2, rsi_oversold: 45, rsi_overbought: 60, bb_period: 3,
  bb_std: 0.5, stop_loss: 0.002, take_profit: 0.002, max_position: 5, position_size: 0.05 }\n`;

/** A configuration with its strategies. */
function writeStrategies(folder: string): string {
  mkdirSync(join(folder, 'config'));
  writeFileSync(join(folder, 'mixed.ts'), mixed);
  writeFileSync(join(folder, 'trading_config.yaml'), settings);
  writeFileSync(join(folder, 'target_stocks.txt'), '105560\n005930\n000660\n');
  const file = join(folder, 'config', 'snowball.yaml');
  writeFileSync(
    file,
    `strategies:
  - { name: rules, kind: rules, config: trading_config.yaml, targets: target_stocks.txt, interval: 1m }
  - { name: mixed, kind: code, file: mixed.ts, interval: 1m, symbols: ['015760', '035720'] }
  - { name: steady, kind: recipe, recipe: averaging, symbols: ['069500'], settings: { parts: 40 } }
`,
  );
  return file;
}

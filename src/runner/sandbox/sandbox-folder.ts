import {
  chmodSync,
  chownSync,
  copyFileSync,
  globSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';

const sources = join(import.meta.dirname, '..', '..');

/** All that a strategy can read besides its own file: the words it speaks, the indicators, and its host. */
const shared = [
  'domain/instrument.ts',
  'domain/won.ts',
  'domain/quantity.ts',
  'domain/random.ts',
  'domain/order-state.ts',
  'domain/trading-date.ts',
  'strategy/author-context.ts',
  'strategy/bar-memory.ts',
  'strategy/define-strategy.ts',
  'strategy/indicator-shapes.ts',
  'strategy/indicator-use.ts',
  'strategy/korean-number.ts',
  'strategy/order-terms.ts',
  'strategy/rebalancer.ts',
  'strategy/strategy.ts',
  'strategy/timer.ts',
  'strategy/trader.ts',
  'strategy/tunable-strategy.ts',
  'runner/sandbox/child-main.ts',
  'runner/sandbox/child-context.ts',
  'runner/sandbox/legal-price.ts',
  'runner/sandbox/load-strategy.ts',
  'runner/sandbox/parent-message-decoder.ts',
  'runner/sandbox/shut-doors.ts',
  'runner/sandbox/watch-unrepeatable.ts',
];

/** What a backtest needs besides: the engine, the market's rules and the guard, all of them without a package. */
const sharedForBacktest = [
  '{domain,markets,exchange,guard,backtest}/**/*.ts',
  'strategy/*.ts',
  'strategy/{triggers,rules}/**/*.ts',
  'runner/sandbox/{backtest-main,sweep-main,job-columns,tell-news}.ts',
];

/** What a sandbox is for, and the file that it starts with. */
const entries = { trade: 'child-main.ts', backtest: 'backtest-main.ts', sweep: 'sweep-main.ts' } as const;

export type SandboxPurpose = keyof typeof entries;

/** Longer than any strategy a person writes. */
const strategyBytesMax = 1_048_576;

/**
 * Makes a strategy's own folder anew: read-only copies of its file and of what it may import, no links, nothing else.
 * Inside, `#strategy/…`, `#indicators/…` and `#domain/…` mean the same as in the checkout.
 *
 * @param folder absolute path; what was there is removed
 * @param purpose `backtest` and `sweep` add the engine and start with it; `trade` is what the runner of orders wants
 * @returns path of the file to start Node with
 * @throws {FixConfiguration} `runner.strategy-file` when the strategy's file is missing, a link, too long or no file
 */
export function makeSandboxFolder(folder: string, strategyFile: string, purpose: SandboxPurpose = 'trade'): string {
  checkStrategyFile(strategyFile);
  rmSync(folder, { recursive: true, force: true });
  const more = purpose === 'trade' ? [] : sharedForBacktest;
  const found = globSync(['indicators/**/*.ts', ...more], { cwd: sources }).filter(
    (file) => !file.endsWith('.test.ts'),
  );
  for (const file of new Set([...shared, ...found])) copy(join(sources, file), join(folder, 'src', file));
  copy(strategyFile, join(folder, 'strategy.ts'));
  const imports = Object.fromEntries(
    ['domain', 'indicators', 'strategy', 'runner', 'markets', 'exchange', 'guard', 'backtest'].map((name) => [
      `#${name}/*`,
      `./src/${name}/*`,
    ]),
  );
  const description = join(folder, 'package.json');
  writeFileSync(description, JSON.stringify({ type: 'module', imports }));
  chmodSync(description, 0o444);
  return join(folder, 'src/runner/sandbox', entries[purpose]);
}

/**
 * Lets a group, and nobody else, read a folder that `makeSandboxFolder` has made; it stays ours, so that nobody in the group
 * changes it. Needs the right to give a group away, as whoever may start processes of another user has.
 */
export function shareSandboxFolder(folder: string, gid: number): void {
  const uid = lstatSync(folder).uid;
  const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  for (const path of [folder, ...inside]) {
    chownSync(path, uid, gid);
    chmodSync(path, lstatSync(path).isDirectory() ? 0o750 : 0o440);
  }
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  copyFileSync(from, to);
  chmodSync(to, 0o444);
}

function checkStrategyFile(file: string): void {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  const found =
    stat === undefined
      ? 'there is no such file'
      : stat.isSymbolicLink()
        ? 'it is a symbolic link'
        : !stat.isFile()
          ? 'it is not a file'
          : stat.size > strategyBytesMax
            ? `it has ${stat.size} bytes, at most ${strategyBytesMax}`
            : null;
  if (found === null) return;
  throw new FixConfiguration(
    'runner.strategy-file',
    `Cannot load the strategy "${file}": ${found}, wanted a TypeScript file`,
  );
}

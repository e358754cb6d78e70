import { dirname, join } from 'node:path';
import { gatewaySocket, runnerSocket, type Boot } from '#link/boot.ts';
import { connect } from '#link/client.ts';
import { gatewayApi } from '#link/gateway-api.ts';
import { homeLayout } from '#link/home-layout.ts';
import { listen, type Handlers } from '#link/listener.ts';
import { runnerApi, type RunnerApi, type StrategyView } from '#link/runner-api.ts';
import type { Params } from '#link/api.ts';
import { openBarShelf } from './feed/bar-shelf.ts';
import { BacktestJobs } from './backtest/backtest-jobs.ts';
import { backtestChoices, backtestSubject } from './backtest/backtest-subject.ts';
import { GatewayFeed } from './feed/gateway-feed.ts';
import { readInstallation, type Installation } from './plans/installation.ts';
import type { GatewayLink } from './order-line.ts';
import { terminalLanguage } from '#link/language.ts';
import { MarketClock } from './feed/market-clock.ts';
import { MarketMemory } from './feed/market-memory.ts';
import { GradeWatch } from './sandbox/grade-watch.ts';
import { detectIsolation } from './sandbox/isolation-grade.ts';
import { StrategyHost } from './strategy-host.ts';
import { planStrategies, type PlanOptions } from './plans/strategy-plans.ts';

export interface Runner {
  /** Ends strategies, children, backtests and both links. */
  close(): Promise<void>;
}

/** How the testbed names the origin of the bars it made. */
const syntheticSource = 'synthetic';
/** How often bars are closed by the clock and views are pushed, in real milliseconds. */
const clockMs = 100;
const viewsMs = 500;
const dayDelayMsDefault = 20_000;
/** The gateway halts a strategy after five seconds without a sign of life. */
const aliveMs = 1_000;

/**
 * Starts every strategy of the installation and answers `runnerApi`. A gateway that is not there yet is waited for.
 *
 * @throws {FixConfiguration} `runner.config`; the codes of `connect` and `listen`
 */
export async function startRunner(boot: Boot): Promise<Runner> {
  const configFile = String(boot.options['config'] ?? 'config/snowball.yaml');
  const installation = readInstallation(configFile);
  const folder = homeLayout(boot.home).runner;
  const market = new MarketMemory();
  const clock = new MarketClock(() => performance.now());
  const isolation = detectIsolation();
  const grade = new GradeWatch(isolation.grade);
  const plans = planStrategies({ installation, market, clock, isolation, folder, ...wishesOf(boot) });
  const gateway = await connect({
    socketPath: join(boot.runFolder, gatewaySocket),
    api: gatewayApi,
    role: 'runner',
    token: boot.token,
    reconnect: true,
  });
  let isViewStale = true;
  const onChange = (): void => {
    isViewStale = true;
  };
  const decisions = join(folder, 'decisions');
  const shared = { gateway, market, clock, folder: decisions, onChange, dayDelayMs: dayDelayMsOf(boot) };
  const hosts: readonly StrategyHost[] = plans.map((plan) => {
    const onOver = (): void => forget(plan.symbols, { gateway, hosts });
    return new StrategyHost({ plan, ...shared, onOver });
  });
  await Promise.all(hosts.map((host) => host.start()));
  const jobs = new BacktestJobs((job) => listener.push('backtest', job));
  const listener = await listen({
    socketPath: join(boot.runFolder, runnerSocket),
    api: runnerApi,
    tokenHashes: boot.tokenHashes,
    ...(boot.tokenEndsAt === undefined ? {} : { tokenEndsAt: boot.tokenEndsAt }),
    handlers: handlersOf({ hosts, jobs, installation, storeFiles: storeFilesOf(boot), build: boot.build }),
    onFault: (error, method) => process.stderr.write(`${method}: ${String(error)}\n`),
    coalesce: (event) => (event === 'strategies' ? event : null),
  });
  const feed = new GatewayFeed({
    gateway,
    market,
    clock,
    onTick: (tick) => hosts.forEach((host) => host.tick(tick)),
    onGap: (gap) => hosts.forEach((host) => host.gap(gap)),
    onOrder: (order) => hosts.find((host) => host.name === order.requester)?.order(order),
    onReady: async () => void (await Promise.all(hosts.map((host) => host.sync()))),
  });
  const clockTimer = setInterval(() => hosts.forEach((host) => host.clock()), clockMs);
  const viewTimer = setInterval(() => {
    if (isViewStale) listener.push('strategies', viewsOf(hosts));
    isViewStale = false;
  }, viewsMs);
  const aliveTimer = setInterval(() => tellAlive(gateway, hosts, grade), aliveMs);
  return {
    close: async () => {
      clearInterval(clockTimer);
      clearInterval(aliveTimer);
      grade.stop();
      clearInterval(viewTimer);
      feed.stop();
      await Promise.all(hosts.map((host) => host.stop()));
      await jobs.close();
      await listener.close();
      await gateway.close();
    },
  };
}

/** Where it trades, and how long a strategy may think, when the boot line says so. */
function wishesOf({ environment, options }: Boot): Pick<PlanOptions, 'environment' | 'answerMs'> {
  const answerMs = options['strategyAnswerMs'];
  return typeof answerMs === 'number' ? { environment, answerMs } : { environment };
}

/** What starts after this process, the watchdog last of all, must be there before a day's one decision is taken. */
function dayDelayMsOf({ options }: Boot): number {
  const given = options['dayDelayMs'];
  return typeof given === 'number' ? given : dayDelayMsDefault;
}

/** Those that are over are left out: they ended in order. A lost link is what the sign is for. */
function tellAlive(gateway: GatewayLink, hosts: readonly StrategyHost[], { grade }: GradeWatch): void {
  const strategies = hosts.filter((host) => !host.isOver).map((host) => host.name);
  gateway.call('strategiesAlive', { strategies, isolation: grade }).catch(() => undefined);
}

/** A strategy is over: what none of the others wants is watched no longer. */
function forget(
  symbols: readonly string[],
  { gateway, hosts }: { readonly gateway: GatewayLink; readonly hosts: readonly StrategyHost[] },
): void {
  const wanted = new Set(hosts.filter((host) => !host.isOver).flatMap((host) => host.symbols));
  const unwanted = symbols.filter((symbol) => !wanted.has(symbol));
  // A lost link forgets everything by itself.
  if (unwanted.length > 0) gateway.call('unwatch', { symbols: unwanted }).catch(() => undefined);
}

interface Answering {
  readonly hosts: readonly StrategyHost[];
  readonly jobs: BacktestJobs;
  readonly installation: Installation;
  readonly storeFiles: readonly string[];
  readonly build: string;
}

function handlersOf(answering: Answering): Handlers<RunnerApi> {
  const { hosts, jobs } = answering;
  return {
    strategies: async () => viewsOf(hosts),
    datasets: async () => datasetsOf(answering.storeFiles),
    backtestChoices: async () => [...backtestChoices(answering.installation)],
    startBacktest: async (params) => startBacktest(answering, params),
    backtest: async ({ jobId }) => jobs.view(jobId),
    backtestResult: async ({ jobId }) => jobs.result(jobId),
    cancelBacktest: ({ jobId }) => jobs.cancel(jobId),
    pulse: async () => ({ build: answering.build }),
  };
}

function viewsOf(hosts: readonly StrategyHost[]): StrategyView[] {
  return hosts.map((host) => host.view());
}

function startBacktest({ installation, jobs, storeFiles }: Answering, params: Params<RunnerApi, 'startBacktest'>) {
  const { strategy: named, symbols, from, to, cash } = params;
  const { subject, names } = backtestSubject(named, params.overrides, installation);
  // A recipe or a preset trades under its own name.
  const strategy = named.replace(/^(?:recipe|preset):/, '');
  const synthetic = openBarShelf(storeFiles).datasets.filter((dataset) => dataset.source.startsWith(syntheticSource));
  const isSynthetic = synthetic.some((dataset) => symbols.includes(dataset.symbol));
  const language = terminalLanguage();
  return jobs.start({ strategy, subject, symbols, names, from, to, cash, storeFiles, isSynthetic, language });
}

/**
 * Bars are history, the same in every environment: the command line keeps them beside the environments' folders. Trial
 * mode has synthetic ones of its own, for a first backtest before anything is imported.
 */
function storeFilesOf(boot: Boot): readonly string[] {
  const given = boot.options['bars'];
  const own = typeof given === 'string' ? given : join(dirname(boot.home), 'store', 'bars.sqlite');
  return boot.environment === 'trial' ? [own, join(homeLayout(boot.home).store, 'bars.sqlite')] : [own];
}

function datasetsOf(storeFiles: readonly string[]) {
  const { datasets } = openBarShelf(storeFiles);
  return datasets.map(({ symbol, name, from, to, bars }) => ({ symbol, name, from, to, bars }));
}

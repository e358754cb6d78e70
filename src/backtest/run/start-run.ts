import type { BarSeries } from '#domain/bar.ts';
import { invariant } from '#domain/invariant.ts';
import type { Won } from '#domain/won.ts';
import type { BacktestOptions } from '../backtest-options.ts';
import { checkOptions } from '../check-options.ts';
import { CorporateActions } from '../desk/corporate-actions.ts';
import { DeskContext } from '../desk/desk-context.ts';
import { ordinaryFills } from '../desk/fill-model.ts';
import { OrderDesk } from '../desk/order-desk.ts';
import { PaperAccount } from '../desk/paper-account.ts';

/** All that a backtest works with. */
export interface Run {
  readonly options: BacktestOptions;
  /** In the order in which the strategy declares its instruments. */
  readonly series: readonly BarSeries[];
  readonly account: PaperAccount;
  readonly desk: OrderDesk;
  readonly context: DeskContext;
  readonly actions: CorporateActions;
  readonly keepsLog: boolean;
  /** The last price of the series at an index. */
  readonly mark: (index: number, price: Won) => void;
}

/**
 * @param keepsLog whether the decision log gets its lines
 * @throws {FixConfiguration} the codes of `checkOptions`
 */
export function startRun(options: BacktestOptions, keepsLog: boolean): Run {
  checkOptions(options);
  const { strategy, instruments, limits, from, dividends, splits } = options;
  const byId = new Map(options.series.map((one) => [one.instrument, one]));
  const series = strategy.instruments.map((id) => {
    const one = byId.get(id);
    invariant(one !== undefined, `bars of ${id} were checked for`);
    return one;
  });
  const account = new PaperAccount(options.initialCash, options.commissionPpb);
  // In the declared order, so that a series' index is where its prices stand.
  for (const one of series) account.slotOf(one.instrument);
  const fills = { ...ordinaryFills, ...options.fills };
  const { name, interval } = strategy;
  const desk = new OrderDesk({
    strategy: name,
    interval,
    instruments,
    limits,
    account,
    fills,
    basePrice: options.basePrice,
  });
  const actions = new CorporateActions({ dividends, splits, from }, { account, desk });
  const context = new DeskContext({ instruments, limits, account, desk, keepsLog });
  const mark = (index: number, price: Won): void => account.mark(index, price);
  return { options, series, account, desk, actions, context, keepsLog, mark };
}

import type { RowRange } from '#domain/bar.ts';
import { foreseenDays } from '../bars/foreseen-days.ts';
import { MomentBars, type Moments } from '../bars/moment-bars.ts';
import { rowAtOrAfter } from '../bars/timeline.ts';
import { wakeRows } from '../bars/wake-rows.ts';
import { WakingBars } from '../bars/waking-bars.ts';
import type { Run } from './start-run.ts';

/** The bars that a run shows, moment by moment; a strategy that needs them has been warmed up. */
export function barsOf(run: Run): Moments {
  return foreseenBars(run) ?? everyBar(run);
}

/** Rows of each series from the first to the last day of the run, both included. */
export function rowsOfRun({ series, options }: Run): readonly RowRange[] {
  return series.map((one) => ({ start: rowAtOrAfter(one, options.from), end: rowAtOrAfter(one, options.to + 1) }));
}

function everyBar(run: Run): Moments {
  warmUp(run);
  return new MomentBars(run.series, rowsOfRun(run));
}

/**
 * Only the bars at which something may happen, or null where that is not known: strategies that cannot tell, minutes (their
 * base prices come from every close), interruptions (which look at every bar), and what `foreseenDays` leaves out.
 */
function foreseenBars(run: Run): Moments | null {
  const { strategy, from, fills, showsEveryBar } = run.options;
  if (strategy.foresee === undefined || strategy.interval !== '1d' || showsEveryBar === true) return null;
  if (strategy.onClose !== undefined || fills?.volatilityInterruptions === true) return null;
  const ranges = rowsOfRun(run);
  const shown = ranges.map(({ start, end }) => ({ start: Math.max(0, start - strategy.warmUpBars), end }));
  const days = foreseenDays(run.series, shown, from);
  if (days === null) return null;
  const rowsOf: Int32Array[] = [];
  for (const [index, series] of run.series.entries()) {
    const rows = strategy.foresee(series, shown[index] ?? { start: 0, end: 0 });
    if (rows === null) return null;
    rowsOf.push(rows);
  }
  const { desk, account, context } = run;
  const { positions } = account.ledger;
  const all = { series: run.series, ranges, days };
  return new WakingBars({
    ...all,
    wakes: wakeRows(all, rowsOf),
    isHeld: (id) => positions.has(id),
    hasOrder: (id) => desk.hasOpenOrder(id),
    mayAct: (id, row, close) => strategy.glance?.(context, id, row, close) !== false,
  });
}

function warmUp({ options, series, account, context }: Run): void {
  const ranges = series.map((one) => {
    const end = rowAtOrAfter(one, options.from);
    return { start: Math.max(0, end - options.strategy.warmUpBars), end };
  });
  const bars = new MomentBars(series, ranges);
  while (bars.next()) {
    for (let place = 0; place < bars.count; place += 1) {
      const { id, bar, index } = bars.at(place);
      account.mark(index, bar.close);
      context.show(bar.startsAtMs, true);
      options.strategy.onBar(context, id, bar, true);
    }
  }
}

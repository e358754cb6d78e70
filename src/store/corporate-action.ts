/**
 * Something that makes prices before and after a day not comparable. It changes no stored bar: views are computed from
 * raw bars and actions. Days are yyyymmdd.
 */
export interface CorporateAction {
  readonly symbol: string;
  /** The first day whose prices are on the new footing (the ex-date). */
  readonly from: number;
  readonly kind: ActionKind;
  /** The day since which the market could know; a backtest of an earlier day must not. */
  readonly knownOn: number;
  /**
   * Of a split: shares before and after, `1` and `50` for fifty for one, `10` and `11` for a bonus issue of 10 %, `5` and
   * `1` for a reverse split. 1 and 1 for a dividend.
   */
  readonly sharesBefore: number;
  readonly sharesAfter: number;
  /** Won a share of a cash dividend; 0 for a split. */
  readonly dividend: number;
  /** Takes an earlier entry of the same symbol, day and kind back. */
  readonly isWithdrawn: boolean;
}

export type ActionKind = 'split' | 'dividend';

/** An action as it was recorded: version 1 is the first import, and each import after it is the next. */
export interface RecordedAction extends CorporateAction {
  readonly version: number;
  readonly source: string;
}

/** Which of the recorded actions count. What is left out is not limited. */
export interface ActionsAsOf {
  /** Records of later imports are as if they were not there: so an old backtest can be repeated. */
  readonly version?: number;
  /** yyyymmdd; what was known only later is left out. */
  readonly knownBy?: number;
}

/** The actions that count: the latest word on each symbol, day and kind, unless it withdraws; by symbol, then by day. */
export function countingActions(
  recorded: readonly RecordedAction[],
  { version = Infinity, knownBy = Infinity }: ActionsAsOf,
): readonly RecordedAction[] {
  const latest = new Map<string, RecordedAction>();
  for (const action of recorded.toSorted((one, other) => one.version - other.version)) {
    if (action.version > version || action.knownOn > knownBy) continue;
    latest.set(`${action.symbol} ${action.from} ${action.kind}`, action);
  }
  return [...latest.values()]
    .filter(({ isWithdrawn }) => !isWithdrawn)
    .toSorted((one, other) => order(one.symbol, other.symbol) || one.from - other.from || order(one.kind, other.kind));
}

function order(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

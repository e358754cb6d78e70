/**
 * Weekdays on which NYSE, Nasdaq and NYSE American stay closed, and those on which they close at 13:00, as yyyymmdd.
 * Outside these years every weekday counts as open: a simulated calendar, said to be one.
 *
 * @see the exchanges' published holidays and early closings of 2026 and 2027
 */
export const usClosures: ReadonlySet<number> = new Set([
  20260101, 20260119, 20260216, 20260403, 20260525, 20260619, 20260703, 20260907, 20261126, 20261225, 20270101,
  20270118, 20270215, 20270326, 20270531, 20270618, 20270705, 20270906, 20271125, 20271224,
]);

export const usEarlyClosings: ReadonlySet<number> = new Set([20261127, 20261224, 20271126]);

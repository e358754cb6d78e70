export interface LineDifference {
  /** Counted from 1. */
  readonly line: number;
  /** Null where that log has ended. */
  readonly recorded: string | null;
  readonly replayed: string | null;
}

/** Null when both texts are the same bytes; else the first line that is not, counted from 1. */
export function firstDifference(recorded: string, replayed: string): LineDifference | null {
  if (recorded === replayed) return null;
  const [left, right] = [recorded.split('\n'), replayed.split('\n')];
  const index = left.findIndex((line, at) => line !== right[at]);
  const at = index < 0 ? left.length : index;
  // The last piece is what follows the last line feed: nothing, in a log that is whole.
  const lineOf = (lines: readonly string[]): string | null => (at >= lines.length - 1 ? null : (lines[at] ?? null));
  return { line: at + 1, recorded: lineOf(left), replayed: lineOf(right) };
}

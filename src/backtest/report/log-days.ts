import { dateNumber, seoulDate } from '#domain/trading-date.ts';

/** What a strategy said, or took back, on a day. Orders are left out: the result has them with what became of them. */
export interface LogDay {
  readonly symbol: string;
  /** Trading day of the bar, yyyymmdd. */
  readonly date: number;
  /** The sentence of a note without its machine code; the word of the log for a cancel. */
  readonly text: string;
}

const linePattern = /^(\S+) (\S+) (note|cancel) (.*)$/;
const codePattern = /^[a-z]+:[a-z-]+ (.+)$/;

/** Reads the lines of a decision log (`strategy/decision-log.ts`); a line of another shape is passed over. */
export function daysOfLog(lines: readonly string[]): readonly LogDay[] {
  const dates = new Map<string, number>();
  return lines.flatMap((line) => {
    const [, at = '', symbol = '', kind = '', rest = ''] = linePattern.exec(line) ?? [];
    if (at === '') return [];
    const date = dates.get(at) ?? dateNumber(seoulDate(Temporal.Instant.from(at)));
    dates.set(at, date);
    const text = kind === 'note' ? (codePattern.exec(rest)?.[1] ?? rest) : `${kind} ${rest}`;
    return [{ symbol, date, text }];
  });
}

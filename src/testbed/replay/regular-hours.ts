import { sessionsOfDay } from '#markets/sessions.ts';

/** The bounds of KRX's regular trading on one day, epoch milliseconds. */
export interface RegularHours {
  readonly opensAtMs: number;
  /** Where the closing auction begins to collect, and where it prints. */
  readonly closingFromMs: number;
  readonly closesAtMs: number;
}

/** Null on a day without trading. */
export function regularHoursOf(date: Temporal.PlainDate): RegularHours | null {
  const sessions = sessionsOfDay(date);
  const opens = sessions.find(({ kind }) => kind === 'continuous');
  const closes = sessions.find(({ kind }) => kind === 'closing-auction');
  if (opens === undefined || closes === undefined) return null;
  return {
    opensAtMs: opens.from.epochMilliseconds,
    closingFromMs: closes.from.epochMilliseconds,
    closesAtMs: closes.to.epochMilliseconds,
  };
}

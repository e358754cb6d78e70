/** Which edition of the websocket layouts is spoken. @see spec §7.6 */
export type WireProfile = 'legacy' | '2025' | '2026-09';

/** One edition for everybody, or for each session the one its client was written for. @see client-profile.ts */
export type ProfileRule = WireProfile | 'auto';

/** Records whose length depends on the edition. */
export type RecordLayout =
  'trade' | 'book' | 'nxtBook' | 'unifiedBook' | 'expected' | 'nxtExpected' | 'operation' | 'notice';

/**
 * Fields of one record by profile. Market operations leave out the last field in older editions, as live frames were
 * seen to do; the rest has only ever grown at the end, but for the notice, which has two layouts.
 *
 * @see spec §7.5 to §7.7
 */
export const profileFields: Readonly<Record<WireProfile, Readonly<Record<RecordLayout, number>>>> = {
  legacy: {
    trade: 46,
    book: 59,
    nxtBook: 65,
    unifiedBook: 65,
    expected: 45,
    nxtExpected: 46,
    operation: 10,
    notice: 23,
  },
  '2025': {
    trade: 46,
    book: 59,
    nxtBook: 65,
    unifiedBook: 65,
    expected: 45,
    nxtExpected: 46,
    operation: 10,
    notice: 26,
  },
  '2026-09': {
    trade: 47,
    book: 60,
    nxtBook: 66,
    unifiedBook: 67,
    expected: 45,
    nxtExpected: 46,
    operation: 11,
    notice: 26,
  },
};

/** The profile of that name; null when there is none. */
export function wireProfile(name: string): WireProfile | null {
  return name === 'legacy' || name === '2025' || name === '2026-09' ? name : null;
}

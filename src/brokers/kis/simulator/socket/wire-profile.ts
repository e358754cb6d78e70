/** Which edition of the websocket layouts is spoken. @see spec §7.6 */
export type WireProfile = 'legacy' | '2025' | '2026-09';

/** Fields of one record by profile. */
export const profileFields: Readonly<
  Record<WireProfile, { readonly trade: number; readonly book: number; readonly notice: number }>
> = {
  legacy: { trade: 46, book: 59, notice: 23 },
  '2025': { trade: 46, book: 59, notice: 26 },
  '2026-09': { trade: 47, book: 60, notice: 26 },
};

/** A stretch of the trading day; minutes after midnight in Seoul. */
export interface SessionSpan {
  readonly key: 'opening-auction' | 'continuous' | 'closing-auction' | 'close' | 'after-market';
  readonly from: number;
  readonly to: number;
  readonly isMain: boolean;
}

const at = (hours: number, minutes: number): number => hours * 60 + minutes;

/** The day of KRX since 2026-09-14 (specs/krx-rules.md); for drawing only, what may be ordered is the gateway's to say. */
export const sessionSpans: readonly SessionSpan[] = [
  { key: 'opening-auction', from: at(8, 20), to: at(9, 0), isMain: false },
  { key: 'continuous', from: at(9, 0), to: at(15, 20), isMain: true },
  { key: 'closing-auction', from: at(15, 20), to: at(15, 30), isMain: false },
  { key: 'close', from: at(15, 40), to: at(16, 0), isMain: false },
  { key: 'after-market', from: at(16, 0), to: at(20, 0), isMain: false },
];

/** The ribbon runs from 08:00 to 20:00. */
export const dayFrom = at(8, 0);
export const dayTo = at(20, 0);

/** `09:00` of 540. */
export function minutesText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(Math.floor(minutes % 60)).padStart(2, '0')}`;
}

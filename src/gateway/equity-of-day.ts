import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import type { Won } from '#domain/won.ts';

/** At most one a market minute and day: 1,440. */
export interface EquityPoint {
  readonly at: string;
  readonly equity: Won;
}

/** The line of 오늘: equity by market minute. In memory only; a restart begins it anew. */
export class EquityOfDay {
  #date = 0;
  #minute = -1;
  #points: EquityPoint[] = [];

  /** The last value of a minute counts. */
  note(now: Temporal.Instant, equity: Won): void {
    const date = dateNumber(seoulDate(now));
    if (date !== this.#date) {
      this.#date = date;
      this.#points = [];
      this.#minute = -1;
    }
    const minute = Math.floor(now.epochMilliseconds / 60_000);
    const point = { at: now.toString(), equity };
    if (minute === this.#minute) this.#points[this.#points.length - 1] = point;
    else this.#points.push(point);
    this.#minute = minute;
  }

  points(): readonly EquityPoint[] {
    return this.#points;
  }
}

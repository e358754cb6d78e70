import { coordinate } from './markup.ts';

/** A thin line at each new year; with many years a label and a line at every second or third one only. */
export function yearMarks(
  dates: readonly number[],
  place: { readonly stride: number; readonly top: number; readonly bottom: number; readonly yearsMax: number },
): string {
  const starts = dates.flatMap((date, index) => {
    const year = Math.trunc(date / 10_000);
    const before = Math.trunc((dates[index - 1] ?? date) / 10_000);
    return year === before ? [] : [{ year, x: index * place.stride }];
  });
  const every = Math.ceil(starts.length / place.yearsMax);
  return starts
    .filter((_, index) => index % every === 0)
    .map(({ year, x }) => {
      const at = coordinate(x);
      return `<line class="c-grid" x1="${at}" x2="${at}" y1="${place.top}" y2="${place.bottom}"/><text x="${coordinate(x + 4)}" y="${place.bottom + 16}">${year}</text>`;
    })
    .join('');
}

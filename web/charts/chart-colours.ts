/** Colours of the canvas charts, read from the tokens as `rgb(…)`. */
export interface ChartColours {
  readonly rise: string;
  readonly fall: string;
  readonly riseText: string;
  readonly fallText: string;
  readonly accent: string;
  readonly surface: string;
  readonly ink: string;
  readonly quietInk: string;
  readonly line: string;
  readonly quiet: string;
  readonly grid: string;
}

/** Reads them anew; call again when the scheme changes. The tokens are registered with `@property`, so they resolve. */
export function chartColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    rise: read('--rise'),
    fall: read('--fall'),
    riseText: read('--rise-text'),
    fallText: read('--fall-text'),
    accent: read('--accent'),
    surface: read('--surface'),
    ink: read('--ink-1'),
    quietInk: read('--ink-3'),
    line: read('--chart-line'),
    quiet: read('--chart-quiet'),
    grid: read('--chart-grid'),
  };
}

/** `rgb(1, 2, 3)` with an opacity. */
export function faded(colour: string, opacity: number): string {
  const channels =
    colour
      .match(/[\d.]+/g)
      ?.slice(0, 3)
      .join(', ') ?? '0, 0, 0';
  return `rgba(${channels}, ${opacity})`;
}

/** A chart is drawn twice, for a desk and for a phone, so that its words keep their size; style shows one of them. */
export interface ChartSize {
  readonly className: 'wide' | 'narrow';
  readonly width: number;
  /** Labels at the end of a line say what it is on a desk, and its figure alone on a phone. */
  readonly hasWords: boolean;
  readonly pointsMax: number;
  /** Years, months or days that have a label. */
  readonly marksMax: number;
}

const sizes: readonly ChartSize[] = [
  { className: 'wide', width: 718, hasWords: true, pointsMax: 600, marksMax: 8 },
  { className: 'narrow', width: 330, hasWords: false, pointsMax: 260, marksMax: 4 },
];

/** The same drawing at both sizes. */
export function atBothSizes(draw: (size: ChartSize) => string): string {
  return sizes.map((size) => draw(size)).join('\n');
}

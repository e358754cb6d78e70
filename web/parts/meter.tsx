import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import css from './meter.module.css';

/** From here on a bar warns (look/README §3). */
export const nearShare = 0.9;

interface MeterProps {
  /** 0 to 1; more is drawn as full. */
  readonly share: number;
  /** Name with both numbers, for those who do not see the bar. */
  readonly label: string;
  readonly isBig?: boolean;
  /** Never turns red: a number that may be full without harm. */
  readonly isPlain?: boolean;
}

/** How much of a limit is used; an SVG width, since no style attribute is allowed. */
export function Meter({ share, label, isBig = false, isPlain = false }: MeterProps): ReactNode {
  const width = Math.max(0, Math.min(100, share * 100));
  const isNear = !isPlain && share >= nearShare;
  return (
    <svg
      className={classes(css['meter'], isBig && css['big'], isNear && css['near'])}
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <rect className={css['fill']} width={width} height="6" />
    </svg>
  );
}

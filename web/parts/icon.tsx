import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { iconShapes, type IconName } from './icon-shapes.tsx';
import css from './icon.module.css';

interface IconProps {
  readonly name: IconName;
  readonly size?: 's' | 'xs';
  readonly className?: string | undefined;
}

/** A decoration beside words; it never carries a meaning alone. */
export function Icon({ name, size, className }: IconProps): ReactNode {
  return (
    <svg
      className={classes(css['icon'], size !== undefined && css[size], className)}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      {iconShapes[name]}
    </svg>
  );
}

/** The mark of the product: a ball that grows as it rolls. */
export function BrandMark(): ReactNode {
  return (
    <svg className={css['brand']} viewBox="0 0 28 20" aria-hidden="true">
      <circle cx="2" cy="16.5" r="1.75" />
      <circle cx="8.25" cy="15" r="3.25" />
      <circle cx="20" cy="11" r="7.25" />
    </svg>
  );
}

import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import css from './segmented.module.css';

interface SegmentedProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: ReactNode; readonly lang?: string }[];
  readonly onChange: (value: V) => void;
  readonly className?: string | undefined;
  /** Buy and sell: two halves in the colours of the sides. */
  readonly isSides?: boolean;
}

/** One of a few, as buttons side by side. */
export function Segmented<V extends string>(props: SegmentedProps<V>): ReactNode {
  const { label, value, options, onChange, className, isSides = false } = props;
  return (
    <div className={classes(css['seg'], isSides && css['side'], className)} role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          lang={option.lang}
          className={classes(css['item'], isSides && css[option.value])}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}

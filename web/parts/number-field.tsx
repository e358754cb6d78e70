import { useId, type ReactNode } from 'react';
import { grouped } from '../words/number.ts';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import css from './number-field.module.css';

interface NumberFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly unit: string;
  /** Null while nothing is written. */
  readonly value: number | null;
  readonly step: number;
  readonly lowerLabel: string;
  readonly higherLabel: string;
  readonly isBad?: boolean;
  readonly describedBy?: string | undefined;
  readonly onChange: (value: number | null) => void;
}

const digitsMax = 12;

/** A whole number with steppers of one tick; thousands are grouped while typing. */
export function NumberField(props: NumberFieldProps): ReactNode {
  const { label, hint, unit, value, step, isBad = false, onChange } = props;
  const id = useId();
  const move = (by: number): void => {
    const now = value ?? 0;
    // From between two ticks to the next one in that direction.
    const next = by > 0 ? Math.floor(now / step) * step + step : Math.ceil(now / step) * step - step;
    onChange(Math.max(step, next));
  };
  const type = (text: string): void => {
    const digits = text.replaceAll(/\D/g, '').slice(0, digitsMax);
    onChange(digits === '' ? null : Number(digits));
  };
  return (
    <div className={css['field']}>
      <label htmlFor={id}>
        {label} {hint !== undefined && <span className={css['hint']}>{hint}</span>}
      </label>
      <div className={classes(css['input'], isBad && css['bad'])}>
        <button type="button" className={css['step']} aria-label={props.lowerLabel} onClick={() => move(-step)}>
          <Icon name="minus" size="s" />
        </button>
        <input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          value={value === null ? '' : grouped(value)}
          aria-invalid={isBad}
          aria-describedby={props.describedBy}
          onChange={(event) => type(event.target.value)}
        />
        <span className={css['unit']}>{unit}</span>
        <button type="button" className={css['step']} aria-label={props.higherLabel} onClick={() => move(step)}>
          <Icon name="plus" size="s" />
        </button>
      </div>
    </div>
  );
}

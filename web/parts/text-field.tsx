import { useId, type ReactNode } from 'react';
import { classes } from './classes.ts';
import css from './number-field.module.css';

interface TextFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly isSecret?: boolean;
  readonly isBad?: boolean;
  readonly onChange: (value: string) => void;
}

const lengthMax = 200;

/** One line of text, such as a number that a broker writes with leading zeros, or a passphrase. */
export function TextField({
  label,
  hint,
  value,
  isSecret = false,
  isBad = false,
  onChange,
}: TextFieldProps): ReactNode {
  const id = useId();
  return (
    <div className={css['field']}>
      <label htmlFor={id}>
        {label} {hint !== undefined && <span className={css['hint']}>{hint}</span>}
      </label>
      <div className={classes(css['input'], css['text'], isBad && css['bad'])}>
        <input
          id={id}
          type={isSecret ? 'password' : 'text'}
          autoComplete={isSecret ? 'current-password' : 'off'}
          maxLength={lengthMax}
          value={value}
          aria-invalid={isBad}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
    </div>
  );
}

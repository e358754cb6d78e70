import type { ButtonHTMLAttributes, ReactNode } from 'react';
import css from './button.module.css';
import { classes } from './classes.ts';
import { useHold } from './use-hold.ts';

export type ButtonTone = 'plain' | 'primary' | 'buy' | 'sell' | 'danger' | 'confirm' | 'onDark';

interface Looks {
  readonly tone?: ButtonTone;
  readonly size?: 's' | 'm' | 'l';
  readonly isWide?: boolean;
}

type ButtonProps = Looks & ButtonHTMLAttributes<HTMLButtonElement>;

/** A button that acts at once. */
export function Button({ tone, size, isWide, className, ...rest }: ButtonProps): ReactNode {
  return <button type="button" {...rest} className={classes(looks({ tone, size, isWide }), className)} />;
}

type HoldButtonProps = Looks & {
  readonly onHeld: () => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
  readonly 'aria-describedby'?: string | undefined;
};

/** A button that acts after being held for 1.2 seconds, by pointer, Space or Enter. */
export function HoldButton({ tone, size, isWide, onHeld, children, disabled, ...rest }: HoldButtonProps): ReactNode {
  const { isHeld, handlers } = useHold(onHeld, disabled === true);
  return (
    <button
      type="button"
      disabled={disabled}
      className={classes(looks({ tone, size, isWide }), css['hold'], isHeld && css['held'])}
      {...rest}
      {...handlers}
    >
      {children}
    </button>
  );
}

function looks({ tone = 'plain', size = 'm', isWide = false }: { [K in keyof Looks]: Looks[K] | undefined }): string {
  return classes(css['button'], css[tone], css[size], isWide && css['wide']);
}

type IconButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly 'aria-label': string;
  readonly isSmall?: boolean;
};

export function IconButton({ isSmall = false, className, ...rest }: IconButtonProps): ReactNode {
  return (
    <button type="button" {...rest} className={classes(css['iconButton'], isSmall && css['iconSmall'], className)} />
  );
}

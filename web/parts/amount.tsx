import type { ReactNode } from 'react';
import { usePreferences } from '../data/preferences.tsx';
import { grouped, signed, signedPercent } from '../words/number.ts';
import { classes } from './classes.ts';
import tone from './tone.module.css';

const dots = '•••••••';

interface AmountProps {
  readonly value: number;
  /** Shows the unit in grey after the number. */
  readonly hasUnit?: boolean;
  readonly isStale?: boolean;
  /** A market price is public and stays visible when amounts are hidden. */
  readonly isPublic?: boolean;
}

/** A sum of won. */
export function Won({ value, hasUnit = false, isStale = false, isPublic = false }: AmountProps): ReactNode {
  const { isHidden, text } = usePreferences();
  const hides = isHidden && !isPublic;
  return (
    <span className={classes(isStale && tone['stale'])}>
      {hides ? <Hidden /> : grouped(value)}
      {hasUnit && <span className={tone['unit']}>{text.unit.won}</span>}
    </span>
  );
}

function Hidden(): ReactNode {
  const { text } = usePreferences();
  return (
    <>
      <span className={tone['hiddenNumber']} aria-hidden="true">
        {dots}
      </span>
      <span className={tone['vh']}>{text.panel.hiddenLabel}</span>
    </>
  );
}

interface ChangeProps {
  readonly value: number;
  readonly hasUnit?: boolean;
  readonly isLead?: boolean;
  readonly isPublic?: boolean;
}

/** A gain or loss of won: mark, sign and colour together. */
export function Change({ value, hasUnit = false, isLead = false, isPublic = false }: ChangeProps): ReactNode {
  const { isHidden, text } = usePreferences();
  return (
    <span className={classes(tone['change'], toneOf(value), isLead && tone['lead'])}>
      <i className={tone['mark']} aria-hidden="true">
        {markOf(value)}
      </i>
      {isHidden && !isPublic ? <Hidden /> : signed(value)}
      {hasUnit && text.unit.won}
    </span>
  );
}

/** A gain or loss as a share; never hidden. */
export function Percent({ value, hasMark = false }: { readonly value: number; readonly hasMark?: boolean }): ReactNode {
  return (
    <span className={classes(tone['change'], toneOf(value))}>
      {hasMark && (
        <i className={tone['mark']} aria-hidden="true">
          {markOf(value)}
        </i>
      )}
      {signedPercent(value)}
    </span>
  );
}

export function toneOf(value: number): string | undefined {
  if (value === 0) return tone['flat'];
  return value > 0 ? tone['up'] : tone['down'];
}

function markOf(value: number): string {
  if (value === 0) return '–';
  return value > 0 ? '▲' : '▼';
}

/** A number of won inside a sentence, hidden when amounts are. */
export function useWonText(): (value: number) => string {
  const { isHidden, text } = usePreferences();
  return (value) => (isHidden ? `${dots}${text.unit.won}` : text.money.won(value));
}

import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useText } from '../data/preferences.tsx';
import { useStatus } from '../data/queries.ts';
import { useHalt } from '../data/use-halt.ts';
import { classes } from '../parts/classes.ts';
import { Icon } from '../parts/icon.tsx';
import { useHold } from '../parts/use-hold.ts';
import css from './shell.module.css';

/** Held for 1.2 seconds it stops everything, from every page; while stopped it leads to the way back. */
export function StopButton(): ReactNode {
  const text = useText();
  const { data } = useStatus();
  const [, navigate] = useLocation();
  const halt = useHalt();
  const isHalted = data !== undefined && data.halted !== null;
  const { isHeld, handlers } = useHold(() => halt.mutate(), isHalted || halt.isPending);
  if (isHalted) {
    return (
      <button
        type="button"
        className={classes(css['stop'], css['stopOn'])}
        aria-label={text.shell.stoppedLabel}
        onClick={() => navigate('/safety')}
      >
        <Icon name="stopline" />
        <span>{text.shell.stopped}</span>
      </button>
    );
  }
  return (
    <button
      type="button"
      className={classes(css['stop'], isHeld && css['stopHeld'])}
      aria-label={text.shell.stopLabel}
      {...handlers}
    >
      <Icon name="stop" />
      <span>{text.shell.stop}</span>
    </button>
  );
}

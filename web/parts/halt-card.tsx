import type { ReactNode } from 'react';
import type { StatusView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import { useStatus } from '../data/queries.ts';
import { useHalt } from '../data/use-halt.ts';
import css from '../pages/safety.module.css';
import type { Strings } from '../strings.ko.ts';
import { clock } from '../words/seoul.ts';
import { Card } from './card.tsx';
import { classes } from './classes.ts';
import { FailureNote } from './failure-note.tsx';
import { Icon } from './icon.tsx';
import { ResumeSteps } from './resume-steps.tsx';
import { useHold } from './use-hold.ts';

/** The large stop; while stopped, who stopped it and the two steps back. */
export function HaltCard(): ReactNode {
  const { data } = useStatus();
  return data !== undefined && data.halted !== null ? <Halted halted={data.halted} /> : <Stop />;
}

function Stop(): ReactNode {
  const { safety } = useText();
  const halt = useHalt();
  const { isHeld, handlers } = useHold(() => halt.mutate(), halt.isPending);
  return (
    <Card title={safety.stop} isTitleHidden className={css['haltCard']}>
      <button type="button" className={classes(css['halt'], isHeld && css['held'])} {...handlers}>
        <Icon name="stop" />
        <span>{halt.isPending ? safety.stopping : safety.stop}</span>
        <small>{safety.stopHint}</small>
      </button>
      <FailureNote error={halt.error} />
      <ol className={css['what']}>
        {safety.stopSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Card>
  );
}

type HaltedView = NonNullable<StatusView['halted']>;

function Halted({ halted }: { readonly halted: HaltedView }): ReactNode {
  const { safety } = useText();
  return (
    <section className={css['stopped']} aria-label={safety.halted}>
      <p className={css['stoppedTitle']}>
        <Icon name="stop" />
        <b>{safety.halted}</b>
        <time>{clock(halted.since)}</time>
      </p>
      <p>
        {whoSentence(safety, halted)} {cancelSentence(safety, halted)}
      </p>
      <ResumeSteps />
    </section>
  );
}

function whoSentence(safety: Strings['safety'], { by, reason }: HaltedView): string {
  if (by === 'web' || by === 'server') return safety.haltedBy.web;
  if (by === 'cli' || by === 'admin') return safety.haltedBy.cli;
  return `${safety.haltedByOther(by)} ${safety.haltedReason(reason)}`;
}

function cancelSentence(safety: Strings['safety'], { openOrders, cancelled }: HaltedView): string {
  if (openOrders === 0) return safety.cancelledNone;
  return cancelled >= openOrders ? safety.cancelledAll(openOrders) : safety.cancelledSome(openOrders, cancelled);
}

import type { ReactNode } from 'react';
import type { LimitView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import { useLimits, usePortfolio, useStatus } from '../data/queries.ts';
import { AlertsCard } from '../parts/alerts-card.tsx';
import { BreakersCard } from '../parts/breakers-card.tsx';
import { Card } from '../parts/card.tsx';
import { classes } from '../parts/classes.ts';
import { HaltCard } from '../parts/halt-card.tsx';
import { Hero, PageHead } from '../parts/hero.tsx';
import { HoursCard } from '../parts/hours-card.tsx';
import layout from '../parts/layout.module.css';
import { LimitEditCard } from '../parts/limit-edit-card.tsx';
import { LimitsCard } from '../parts/limits-card.tsx';
import { Meter } from '../parts/meter.tsx';
import { Panel } from '../parts/panel.tsx';
import { useWonText, Won } from '../parts/amount.tsx';
import { brokerName } from '../words/broker-name.ts';
import css from './safety.module.css';

/** 안전: what may still be lost, the stop, limits, connections. */
export function SafetyPage(): ReactNode {
  const text = useText();
  const { data: status } = useStatus();
  const meta =
    status === undefined ? undefined : text.safety.meta(brokerName(text.brokers, status.broker), status.account);
  return (
    <>
      <PageHead title={text.pages.safety} meta={meta} />
      <div className={classes(layout['two'], layout['even'], layout['halt'], css['haltFirst'])}>
        <RoomCard />
        <HaltCard />
      </div>
      <div className={classes(layout['two'], layout['gap'])}>
        <div className={layout['stack']}>
          <LimitsCard />
          <LimitEditCard />
        </div>
        <div className={layout['stack']}>
          <AlertsCard />
          <BreakersCard />
          <HoursCard />
        </div>
      </div>
    </>
  );
}

function RoomCard(): ReactNode {
  const text = useText();
  const limits = useLimits();
  return (
    <Card title={text.safety.hero} isTitleHidden className={css['room']}>
      <Panel query={limits} what="limits">
        {(data) => {
          const loss = data.find(({ code, scope }) => code === 'daily-loss' && scope === 'account');
          return loss === undefined ? null : <Room loss={loss} />;
        }}
      </Panel>
    </Card>
  );
}

function Room({ loss }: { readonly loss: LimitView }): ReactNode {
  const text = useText();
  const won = useWonText();
  // Until the balance is known, how much may be lost is not known either.
  const { data: portfolio } = usePortfolio();
  const isKnown = portfolio !== undefined && portfolio.confirmedAt !== null;
  const lost = Math.max(0, loss.used);
  const left = Math.max(0, loss.limit - lost);
  const line = lost === 0 ? text.safety.notLost(won(loss.limit)) : text.safety.lost(won(lost), won(loss.limit));
  return (
    <>
      <Hero label={text.safety.hero} unit={text.unit.won} line={line}>
        <Won value={left} isStale={!isKnown} />
      </Hero>
      <div className={css['meter']}>
        <Meter
          isBig
          share={loss.limit === 0 ? 1 : lost / loss.limit}
          label={text.safety.lossMeter(won(loss.limit), won(lost))}
        />
        <p className={css['ends']}>
          <span>{won(lost)}</span>
          <span>{won(loss.limit)}</span>
        </p>
      </div>
    </>
  );
}

import type { ReactNode } from 'react';
import { useText } from '../data/preferences.tsx';
import { useStatus } from '../data/queries.ts';
import { brokerName } from '../words/broker-name.ts';
import { Icon } from '../parts/icon.tsx';
import { classes } from '../parts/classes.ts';
import { clock } from '../words/seoul.ts';
import css from './shell.module.css';

/** Which world this is, always on top; a black bar above it while everything is stopped. */
export function EnvironmentBars(): ReactNode {
  const text = useText();
  const { data } = useStatus();
  const environment = data?.environment ?? 'trial';
  return (
    <section className={css['bars']} aria-label={text.shell.environment}>
      <div role="alert">
        {data !== undefined && data.halted !== null && (
          <div className={classes(css['env'], css['barHalted'])}>
            <p>
              <Icon name="stop" />
              <b>{text.shell.haltedBar}</b>
              <span>{text.shell.haltedSays}</span>
            </p>
            <p className={css['long']}>
              <span>{text.time.since(clock(data.halted.since))}</span>
            </p>
          </div>
        )}
      </div>
      <div role="status" className={classes(css['env'], environment === 'real' ? css['barReal'] : css['barTrial'])}>
        <EnvironmentWords />
      </div>
    </section>
  );
}

function EnvironmentWords(): ReactNode {
  const { shell, brokers } = useText();
  const { data } = useStatus();
  if (data === undefined) return <p>&nbsp;</p>;
  const broker = brokerName(brokers, data.broker);
  if (data.environment === 'real') {
    return (
      <>
        <p>
          <Icon name="bolt" />
          <b>{shell.real}</b>
          <span>{shell.realSays(broker, data.account)}</span>
        </p>
        <p>
          <span className={css['long']}>{shell.realWarns}</span>
        </p>
      </>
    );
  }
  const isTrial = data.environment === 'trial';
  return (
    <>
      <p>
        <Icon name="flask" />
        <b>{isTrial ? shell.trial : shell.paper}</b>
        <span className={css['long']}>{isTrial ? shell.trialSays : shell.paperSays(broker)}</span>
        <span className={css['short']}>{isTrial ? shell.trialSaysShort : ''}</span>
      </p>
      <p>
        <span>{isTrial ? speedWords(shell, data.clockSpeed) : data.account}</span>
      </p>
    </>
  );
}

function speedWords(shell: ReturnType<typeof useText>['shell'], speed: number): string {
  return speed === 1 ? shell.clockPlain : shell.clockSpeed(String(Math.round(speed * 10) / 10));
}

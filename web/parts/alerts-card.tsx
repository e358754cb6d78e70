import type { ReactNode } from 'react';
import type { AlertListView, AlertRow } from '../../src/server/alert-list-view.ts';
import { usePreferences, useText } from '../data/preferences.tsx';
import { useAlerts } from '../data/queries.ts';
import css from '../pages/safety.module.css';
import { clock } from '../words/seoul.ts';
import { Card } from './card.tsx';
import { Panel } from './panel.tsx';

/** What was told outside, what waits for a person, and by which ways it goes. */
export function AlertsCard(): ReactNode {
  const { safety } = useText();
  const query = useAlerts();
  return (
    <Card title={safety.alerts}>
      <Panel query={query} what="status">
        {(list) => <Alerts list={list} />}
      </Panel>
    </Card>
  );
}

function Alerts({ list }: { readonly list: AlertListView }): ReactNode {
  const { safety } = useText();
  const ways = list.channels.map(({ name, isUp }) => (isUp ? name : safety.alertWayDown(name))).join(', ');
  return (
    <>
      {list.alerts.length === 0 && <p>{safety.noAlerts}</p>}
      <ul className={css['alerts']}>
        {list.alerts.map((alert) => (
          <Alert key={alert.id} alert={alert} />
        ))}
      </ul>
      <p className={css['alertWays']}>{ways === '' ? safety.noAlertWays : safety.alertWays(ways)}</p>
    </>
  );
}

function Alert({ alert }: { readonly alert: AlertRow }): ReactNode {
  const { safety } = useText();
  const { language } = usePreferences();
  const says = `${clock(alert.at)} · ${safety.alertClasses[alert.class]}${alert.isSent ? ` · ${safety.alertSent}` : ''}`;
  return (
    <li>
      <span>{language === 'ko' ? alert.ko : alert.en}</span>
      <small>{says}</small>
      {alert.isOpen && <code>{`snowball alerts acknowledge ${alert.id}`}</code>}
    </li>
  );
}

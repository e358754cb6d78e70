import { randomBytes } from 'node:crypto';
import { FixConfiguration } from '#domain/errors.ts';
import type { alertMethods, AlertChannelView, AlertView, OwedAlert } from '#link/alert-api.ts';
import { alertCode, isAlertCode } from '#link/alert-codes.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { Handlers } from '#link/listener.ts';
import { openAlerts } from '../desk/apply-alert.ts';
import { entry } from '../desk/records.ts';
import type { DeskAlert, DeskState } from '../desk/state.ts';
import type { Gateway } from '../gateway.ts';
import { actor } from './order-request.ts';

/** Alerts that one answer holds; a frame has room for them. */
const shownMax = 60;
const handedOnMax = 30;

/** What the gateway knows of alerts, and how the watchdog takes them outside. Roles are checked by the link. */
export function alertHandlers(gateway: Gateway): Pick<Handlers<GatewayApi>, keyof typeof alertMethods> {
  const { recorder } = gateway;
  let channels: readonly AlertChannelView[] = [];
  const known = (state: DeskState, id: string): DeskAlert => {
    const alert = state.alerts.all.find((candidate) => candidate.id === id);
    if (alert !== undefined) return alert;
    throw new FixConfiguration('gateway.alert-unknown', `Cannot find the alert "${id}": there is none with this id`);
  };
  return {
    alerts: async () => {
      const { all } = gateway.state.alerts;
      const open = openAlerts(gateway.state);
      const shown = new Set([...open.slice(-shownMax / 2), ...all.slice(-shownMax / 2)]);
      return { alerts: all.filter((alert) => shown.has(alert)).map(view), open: open.length, channels: [...channels] };
    },
    acknowledgeAlert: async ({ id }, caller) => {
      await recorder.record((state) => {
        const isDone = known(state, id).acknowledged !== null;
        const body = { id, by: actor(caller), at: gateway.moment().at };
        return { kind: 'alert', record: isDone ? null : entry('alert.acknowledged', body) };
      });
      return {};
    },
    testAlerts: async (_params, caller) => {
      const id = `a0t-${randomBytes(4).toString('hex')}`;
      const body = { id, code: 'test', by: actor(caller), line: null, at: gateway.moment().at };
      await recorder.record({ kind: 'alert', record: entry('alert.raised', body) });
      return { id };
    },
    nextAlerts: async ({ after, open, channels: told }) => {
      channels = told;
      const { count, all } = gateway.state.alerts;
      const isWaiting = new Set(openAlerts(gateway.state).map(({ id }) => id));
      const next = all.filter(({ number }) => number > after).slice(0, handedOnMax);
      return {
        environment: gateway.environment,
        count,
        alerts: next.map((alert) => ({ number: alert.number, alert: view(alert) })),
        closed: open.filter((id) => !isWaiting.has(id)),
      };
    },
    alertDelivered: async ({ id, channel, outcome, detail }) => {
      const body = { id, channel, outcome, detail, at: gateway.moment().at };
      await recorder.record({ kind: 'alert', record: entry('alert.delivered', body) });
      return {};
    },
  };
}

/** The watchdog's own alerts, to be recorded in one turn with the halt that it owes, so that nobody resumes in between. */
export function owedAlerts(gateway: Gateway, owed: readonly OwedAlert[]): readonly Promise<unknown>[] {
  return owed.map(({ id, code }) =>
    gateway.recorder.record((state) => {
      const isKnown = !isAlertCode(code) || state.alerts.all.some((alert) => alert.id === id);
      const body = { id, code, by: 'watchdog', line: null, at: gateway.moment().at };
      return { kind: 'alert', record: isKnown ? null : entry('alert.raised', body) };
    }),
  );
}

/** One sentence for each alert that waits for a person, for whoever is about to resume. */
export function openAlertLines(state: DeskState): { code: string; detail: string; at: string }[] {
  return openAlerts(state).map(({ id, code, at }) => ({ code: 'alert', detail: `${id} ${alertCode(code).en}`, at }));
}

function view(alert: DeskAlert): AlertView {
  const { id, code, at, times, line, acknowledged } = alert;
  const deliveries = alert.deliveries.map((delivery) => ({ ...delivery }));
  return { id, class: alertCode(code).class, code, at, times, line, acknowledged, deliveries };
}

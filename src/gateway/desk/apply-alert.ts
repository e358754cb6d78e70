import { alertCode, isAlertCode } from '#link/alert-codes.ts';
import type { DeskRecord } from './records.ts';
import type { DeskAlert, DeskAlerts, DeskState } from './state.ts';

/** The records that are about alerts and nothing else. */
export type AlertRecord = Extract<DeskRecord, { readonly kind: `alert.${string}` }>;

/** Alerts remembered; those that wait for a person are the last to go. */
export const alertsKept = 200;
const deliveriesKept = 20;
/** Who halts by hand needs no alarm about it. */
const persons = new Set(['web', 'cli', 'file']);

/**
 * The alerts after one more record (INV-32). Halts, incidents and changes of policy are alerts by themselves, so that
 * nothing that is on record can stay untold. What happens again while its alert waits for a person is counted there.
 * A resume closes them all: its code was bound to what was shown (`ResumeSteps`).
 *
 * @param state before the record
 */
export function alertsAfter(state: DeskState, record: DeskRecord): DeskAlerts {
  const { alerts } = state;
  switch (record.kind) {
    case 'alert.raised':
      return isKnown(alerts, record.body.id) ? alerts : added(alerts, record.body);
    case 'alert.delivered':
      return changed(alerts, record.body.id, (alert) => delivered(alert, record.body));
    case 'alert.acknowledged':
      return changed(alerts, record.body.id, (alert) => acknowledged(alert, record.body));
    case 'resume':
      return { ...alerts, all: alerts.all.map((alert) => (isOpen(alert) ? acknowledged(alert, record.body) : alert)) };
    default: {
      const told = toldBy(state, record);
      return told === null ? alerts : counted(alerts, told);
    }
  }
}

/** Critical, and nobody has acknowledged it. */
export function isOpen(alert: DeskAlert): boolean {
  return alert.acknowledged === null && alertCode(alert.code).class === 'critical';
}

/** Oldest first. */
export function openAlerts({ alerts }: DeskState): readonly DeskAlert[] {
  return alerts.all.filter(isOpen);
}

interface Told {
  readonly code: string;
  readonly at: string;
}

function toldBy(state: DeskState, record: DeskRecord): Told | null {
  switch (record.kind) {
    case 'halt': {
      // Only the change from trading to halted is news.
      if (state.halted !== null) return null;
      return { code: persons.has(record.body.by) ? 'halted-by-person' : 'halted', at: record.body.at };
    }
    case 'incident':
      return { code: isAlertCode(record.body.code) ? record.body.code : 'incident', at: record.body.at };
    case 'strategy.halted':
      return persons.has(record.body.by) ? null : { code: 'strategy-halted', at: record.body.at };
    case 'limit.changed':
    case 'limit.profile':
    case 'limit.withdrawn':
    case 'permits.granted':
    case 'universe.changed':
      return { code: 'policy-changed', at: record.body.at };
    case 'login':
      return record.body.outcome === 'locked' ? { code: 'login-locked', at: record.body.at } : null;
    default:
      return null;
  }
}

function counted(alerts: DeskAlerts, { code, at }: Told): DeskAlerts {
  const waiting = alerts.all.find((alert) => alert.code === code && isOpen(alert));
  if (waiting !== undefined) return changed(alerts, waiting.id, (alert) => ({ ...alert, times: alert.times + 1 }));
  return added(alerts, { id: idOf(alerts.count + 1, at), code, line: null, at });
}

function added(
  alerts: DeskAlerts,
  {
    id,
    code,
    line,
    at,
  }: { readonly id: string; readonly code: string; readonly line: string | null; readonly at: string },
): DeskAlerts {
  const number = alerts.count + 1;
  const alert: DeskAlert = { number, id, code, at, times: 1, line, acknowledged: null, deliveries: [] };
  return { count: number, all: withRoom([...alerts.all, alert]) };
}

/** The oldest that waits for nobody makes room; among two hundred that all wait, the oldest. */
function withRoom(all: readonly DeskAlert[]): readonly DeskAlert[] {
  if (all.length <= alertsKept) return all;
  const leaves = all.find((alert) => !isOpen(alert)) ?? all[0];
  return all.filter((alert) => alert !== leaves);
}

function isKnown(alerts: DeskAlerts, id: string): boolean {
  return alerts.all.some((alert) => alert.id === id);
}

function changed(alerts: DeskAlerts, id: string, change: (alert: DeskAlert) => DeskAlert): DeskAlerts {
  return { ...alerts, all: alerts.all.map((alert) => (alert.id === id ? change(alert) : alert)) };
}

function delivered(alert: DeskAlert, { channel, outcome, detail, at }: DeskAlert['deliveries'][number]): DeskAlert {
  return { ...alert, deliveries: [...alert.deliveries, { channel, outcome, detail, at }].slice(-deliveriesKept) };
}

function acknowledged(alert: DeskAlert, { by, at }: { readonly by: string; readonly at: string }): DeskAlert {
  return alert.acknowledged === null ? { ...alert, acknowledged: { by, at } } : alert;
}

/** The same at every replay, short enough to be typed, and another one in another journal. */
function idOf(number: number, at: string): string {
  const ending = Temporal.Instant.from(at).epochMilliseconds.toString(36).slice(-4);
  return `a${number}-${ending}`;
}

import type { AlertView } from '#link/alert-api.ts';
import { alertCode, type AlertClass } from '#link/alert-codes.ts';
import type { Result } from '#link/api.ts';
import type { GatewayApi } from '#link/gateway-api.ts';

/** What a page shows of alerts: the sentence in both languages, and whether it went out. */
export interface AlertListView {
  /** Critical ones that nobody acknowledged. */
  readonly open: number;
  /** Newest first, those that wait for a person before the others; ten at most. */
  readonly alerts: readonly AlertRow[];
  /** Names of the ways that work, and of those that rest after failures. */
  readonly channels: readonly { readonly name: string; readonly isUp: boolean }[];
}

export interface AlertRow {
  readonly id: string;
  readonly class: AlertClass;
  readonly ko: string;
  readonly en: string;
  readonly at: string;
  readonly times: number;
  /** Critical, and not acknowledged. */
  readonly isOpen: boolean;
  /** At least one way delivered it. */
  readonly isSent: boolean;
}

const shownMax = 10;

/** The gateway's list in the words of its table. */
export function alertListView({ alerts, open, channels }: Result<GatewayApi, 'alerts'>): AlertListView {
  const rows = alerts.toReversed().map(rowOf);
  const sorted = [...rows.filter((row) => row.isOpen), ...rows.filter((row) => !row.isOpen)];
  return {
    open,
    alerts: sorted.slice(0, shownMax),
    channels: channels.map(({ name, state }) => ({ name, isUp: state === 'up' })),
  };
}

function rowOf({ id, code, at, times, acknowledged, deliveries, ...alert }: AlertView): AlertRow {
  const { ko, en } = alertCode(code);
  const isOpen = alert.class === 'critical' && acknowledged === null;
  // The file is no way to a person who is elsewhere.
  const isSent = deliveries.some(({ channel, outcome }) => channel !== 'file' && outcome === 'delivered');
  return { id, class: alert.class, ko, en, at, times, isOpen, isSent };
}

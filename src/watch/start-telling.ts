import { join } from 'node:path';
import type { OwedAlert } from '#link/alert-api.ts';
import type { LinkClient } from '#link/client.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import { homeLayout } from '#link/home-layout.ts';
import { AlertDesk } from './alerts/alert-desk.ts';
import { openChannels } from './alerts/open-channels.ts';
import { OwnAlerts } from './alerts/own-alerts.ts';
import { AuditWatch, checkInWorker } from './audit/audit-watch.ts';
import type { WatchdogOptions } from './watchdog.ts';

export interface TellingOptions {
  readonly home: string;
  /** `snowball.yaml`, for its `alerts`; only the file in the home when not said. */
  readonly config?: string | null;
  /** For tests alone: alerts may go to a receiver on this machine. */
  readonly alertsOnLoopback?: boolean;
  /** Milliseconds until the record is verified first; half a minute if not said. */
  readonly firstAuditMs?: number;
  readonly note: WatchdogOptions['note'];
}

/** The part of the watchdog that tells a person, and that looks whether the record can be believed. */
export interface Telling {
  /** To be recorded with the next sign of life. */
  readonly owed: readonly OwedAlert[];
  /** The gateway answered a sign of life that carried `owed`. */
  heard(owed: readonly OwedAlert[], openOrders: number): void;
  /** The watchdog wrote something down; it may be an alert. */
  noted(event: string, facts: Readonly<Record<string, unknown>>): void;
  close(): Promise<void>;
}

const turnEveryMs = 200;
const askEveryMs = 500;
/** Rule N11: once the start is over, then every hour. */
const firstAuditMs = 30_000;
const auditEveryMs = 3_600_000;
/** A gateway that gave a sign within this time lives. */
const aliveMs = 1_000;

/** @param halt what to do about a record that cannot be believed */
export async function startTelling(
  options: TellingOptions,
  gateway: LinkClient<GatewayApi>,
  halt: (reason: string) => void,
): Promise<Telling> {
  const desk = await alertDesk(options, gateway);
  const own = new OwnAlerts((code) => desk.tell(code));
  let openOrders = 0;
  let heardAtMs = -Infinity;
  const { gateway: gatewayFolder, anchor } = homeLayout(options.home);
  const files = { journal: join(gatewayFolder, 'journal'), anchor: join(anchor, 'journal.jsonl') };
  const audit = new AuditWatch({
    check: () => checkInWorker(files),
    isGatewayAlive: () => performance.now() - heardAtMs < aliveMs,
    halt,
    tell: (code) => desk.tell(code),
    note: options.note,
  });
  const timers = [
    setInterval(() => desk.turn(), turnEveryMs),
    // That a gateway cannot answer is what the signs of life are for.
    setInterval(() => void desk.ask().catch(() => undefined), askEveryMs),
    setTimeout(() => void audit.look(), options.firstAuditMs ?? firstAuditMs),
    setInterval(() => void audit.look(), auditEveryMs),
  ];
  return {
    get owed() {
      return desk.owed;
    },
    heard(owed, open) {
      desk.paid(owed);
      openOrders = open;
      heardAtMs = performance.now();
    },
    noted: (event, facts) => own.noted(event, facts, openOrders),
    async close() {
      for (const timer of timers) clearInterval(timer);
      await desk.close();
    },
  };
}

async function alertDesk(options: TellingOptions, gateway: LinkClient<GatewayApi>): Promise<AlertDesk> {
  const { channels, language } = await openChannels({
    home: options.home,
    config: options.config ?? null,
    mayBeLoopback: options.alertsOnLoopback === true,
    // On the terminal too: whoever set up a channel must hear that it does not work.
    onFault: (sentence) => {
      options.note('channel-unusable', { sentence });
      process.stderr.write(`${sentence}\n`);
    },
  });
  const startedMs = Date.now() - performance.now();
  return AlertDesk.open({
    channels,
    language,
    file: join(homeLayout(options.home).watch, 'alerts.json'),
    gateway: {
      next: (question) => gateway.call('nextAlerts', question),
      // A repeat after a lost answer is the same report.
      delivered: (report) => gateway.call('alertDelivered', { ...report }, reportKey(report)),
    },
    // The clock of the machine may be set; the order and the distances of alerts must not follow it.
    nowMs: () => startedMs + performance.now(),
    random: () => Math.random(),
    note: options.note,
  });
}

function reportKey({
  id,
  channel,
  outcome,
}: {
  readonly id: string;
  readonly channel: string;
  readonly outcome: string;
}) {
  return `${id} ${channel} ${outcome}`;
}

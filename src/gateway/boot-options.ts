import { join } from 'node:path';
import { kisHosts } from '#brokers/kis/endpoints/hosts.ts';
import type { Boot } from '#link/boot.ts';
import { homeLayout } from '#link/home-layout.ts';
import { readWebConvenience } from '#link/web-convenience.ts';
import { readGradeWaiver } from './safety/grade-waiver.ts';
import { readPermits } from './safety/permits-config.ts';

const kisPaperCallsPerSecond = 1;

/** The published paper hosts; a boot line that names others is checked by the broker to name loopback (INV-14). */
const paperHosts = { rest: `https://${kisHosts.paper.rest}`, webSocket: `ws://${kisHosts.paper.webSocket}` };

/** Where the broker is: the testbed of the house, or the published hosts. */
export function hostsOf({ testbed }: Boot): { readonly rest: string; readonly webSocket: string } {
  const { rest, webSocket } = testbed ?? paperHosts;
  return { rest, webSocket };
}

/** What KIS publishes for paper; the testbed alone may be asked more often, when its boot option says so. */
export function callsPerSecond({ environment, options }: Boot): number {
  const chosen = options['callsPerSecond'];
  return typeof chosen === 'number' && environment === 'trial' ? chosen : kisPaperCallsPerSecond;
}

/** Another pace than the published one; null where that is kept. */
export function otherPace(boot: Boot): number | null {
  const pace = callsPerSecond(boot);
  return pace === kisPaperCallsPerSecond ? null : pace;
}

/** A test reads our memory and crashes us on purpose. Never with real money, and only before a simulated broker. */
export function isExamined({ environment, testbed, options }: Boot): boolean {
  return options['examined'] === true && environment !== 'real' && testbed !== null;
}

/** What the person wrote for the gateway in `snowball.yaml`; without a house around it there is no such file. */
export function configured({ options }: Boot) {
  const file = options['config'];
  return typeof file === 'string' ? { permits: readPermits(file), gradeCWaiverUntil: readGradeWaiver(file) } : {};
}

export function isConvenienceConfigured({ options }: Boot): boolean {
  return typeof options['config'] === 'string' && readWebConvenience(options['config']);
}

/** Another disk or owner when the person names one; else a folder of its own. */
export function anchorPath({ home, options }: Boot): string {
  const chosen = options['anchorFile'];
  return typeof chosen === 'string' ? chosen : join(homeLayout(home).anchor, 'journal.jsonl');
}

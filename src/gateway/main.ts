import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FixConfiguration, SnowballError } from '#domain/errors.ts';
import { seoulDate } from '#domain/trading-date.ts';
import type { AnchoredHead } from '#journal/anchor-file.ts';
import type { FileJournal } from '#journal/journal.ts';
import { openJournal } from '#journal/open-journal.ts';
import { onParentGone, readBoot, writeReady } from '#link/boot-line.ts';
import { configurationExitCode, gatewaySocket, type Boot } from '#link/boot.ts';
import { readHaltFile } from '#link/halt-file.ts';
import { plainPermits } from '#guard/permits.ts';
import { homeLayout } from '#link/home-layout.ts';
import { readWebConvenience, webConvenience } from '#link/web-convenience.ts';
import type { Logger } from 'pino';
import { kisHosts } from '#brokers/kis/endpoints/hosts.ts';
import type { Vault } from '#vault/vault.ts';
import { connectBroker, type ConnectedBroker } from './connect-broker.ts';
import { entry } from './desk/records.ts';
import { Gateway, openOrders } from './gateway.ts';
import { HeadMail } from './head-mail.ts';
import { IncidentLog } from './incident-log.ts';
import { KeyAgeWatch } from './key-age-watch.ts';
import type { KeyRotation } from './key-rotation.ts';
import { describe, openLog } from './log.ts';
import { readGradeWaiver } from './grade-waiver.ts';
import { readPermits } from './permits-config.ts';
import type { GatewayClock } from './gateway-clock.ts';
import { ResumeProof } from './resume-proof.ts';
import { realRefusal } from './real-refusal.ts';
import { safetyNet, signsOfLife } from './safety-net.ts';
import { signJournal } from './sign-journal.ts';
import { serve, type Served } from './serve.ts';
import { rotateAtDoor, startRotation } from './start-rotation.ts';
import { startVault } from './start-vault.ts';
import { maskAccount, statusView } from './status-view.ts';
import { SystemClock } from './system-clock.ts';
import { TestbedClock } from './testbed-clock.ts';
import { refuseUnsafeFlags } from './unsafe-flags.ts';
import { vaultSeen } from './vault-seen.ts';

const failureExitCode = 1;
/** How long a dying gateway tries to withdraw what is open. */
const lastCancelsMs = 3_000;
/** How long a seal waits for the cancels of what is open to be looked up. */
const sealPatienceMs = 10_000;
const kisPaperCallsPerSecond = 1;
/** Real milliseconds between two records of what was refused outside the session. */
const outsideEveryMs = 60_000;
let nextOutsideMs = 0;

/** The published paper hosts; a boot line that names others is checked by the broker to name loopback (INV-14). */
const paperHosts = { rest: `https://${kisHosts.paper.rest}`, webSocket: `ws://${kisHosts.paper.webSocket}` };

/** What KIS publishes for paper; the testbed alone may be asked more often, when its boot option says so. */
function callsPerSecond(): number {
  const chosen = boot.options['callsPerSecond'];
  return typeof chosen === 'number' && boot.environment === 'trial' ? chosen : kisPaperCallsPerSecond;
}

/** The gateway as a process: boot line in, ready line out, until the parent is gone or somebody says stop. */
const boot = await readBoot().catch((error: unknown) => end(error));
const folder = homeLayout(boot.home).gateway;
await mkdir(folder, { recursive: true, mode: 0o700 });
const log = openLog(folder);
/** From the vault's door to the second step of a resume. */
const resumeProof = new ResumeProof(() => performance.now());
let isEnding = false;
/** Into the reserve of a journal that failed; there is none before it is open. */
let lastWords: FileJournal['lastWords'] = async () => false;
/** Known as soon as it exists, so that a failure can still withdraw what is open. */
let current: Gateway | null = null;
/** Null until the start is done. */
let rotation: KeyRotation | null = null;
/** Everything but the vault is closed by it; null until the start is done. */
let release: (() => Promise<void>) | null = null;
/** A head that was signed before there was a desk to record that it goes out. */
let firstHead: AnchoredHead | null = null;
let headMail: HeadMail | null = null;

process.on('uncaughtException', (error) => void fatal(error));
process.on('unhandledRejection', (error) => void fatal(error));

const running = await start(boot, log).catch((error: unknown) => {
  log.fatal(describe(error), 'cannot start');
  return end(error);
});
onParentGone(() => void stop('the supervisor is gone'));
process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
writeReady({ socket: running.socketPath });

interface Running {
  readonly gateway: Gateway;
  readonly socketPath: string;
  close(): Promise<void>;
}

async function start(boot: Boot, log: Logger): Promise<Running> {
  const opened = await openAll(boot);
  const { journal, clock, vault, hosts, pace, onFault } = opened;
  const { broker, door, credentials, rotating } = opened.connected;
  let served: Served | null = null;
  let keyAges: KeyAgeWatch | null = null;
  const gateway = new Gateway({
    environment: boot.environment,
    build: boot.build,
    broker,
    journal,
    clock,
    ...configured(boot),
    instrumentFile: join(boot.home, 'instruments.json'),
    ...(typeof boot.options['quietWindowMs'] === 'number' ? { quietWindowMs: boot.options['quietWindowMs'] } : {}),
    signsOfLife: signsOfLife(boot),
    onOrder: (order) => served?.order(order),
    onTick: (tick) => served?.tick(tick),
    onBarGap: (gap) => served?.barGap(gap),
    door,
    onStatus: () => served?.statusChanged(),
    onFault,
    onFatal: (error) => void fatal(error),
  });
  current = gateway;
  const socketPath = join(boot.runFolder, gatewaySocket);
  const account = maskAccount(credentials.account().reveal());
  served = await serve({
    gateway,
    isWebConvenient: webConvenience(boot.environment, isConvenienceConfigured(boot)),
    socketPath,
    tokenHashes: boot.tokenHashes,
    ...(boot.tokenEndsAt === undefined ? {} : { tokenEndsAt: boot.tokenEndsAt }),
    status: () =>
      statusView(gateway, {
        account,
        tokenExpiresAt: credentials.tokenExpiresAt(),
        callsPerSecondMax: callsPerSecond(),
        keyLives: rotating.current.keyUse?.lives(seoulDate(clock.now())) ?? [],
      }),
    haltFile: () => readHaltFile(boot.home),
    checkKey: () => keyAges?.mustNotBeOld(),
    resumeProof,
    isOpenedByCredential: opened.isOpenedByCredential,
    onFault,
  });
  await gateway.start();
  // Keys to fake money end with their testbed.
  if (boot.environment !== 'trial') keyAges = watchKeyAge(gateway, vault, opened.connected, onFault);
  const openSession = (): void => {
    onSession(gateway, broker);
    keyAges?.look();
  };
  door.start({ opened: openSession, closed: () => onSessionEnd(broker, journal, onFault) });
  await startHeadMail(gateway);
  await gateway.recorder.record({ kind: 'vault-seen', id: vault.id, generation: vault.generation });
  rotation = startRotation({ gateway, vault, connected: opened.connected, onFault });
  const net = await safetyNet({
    boot,
    gateway,
    broker: { credentials, ...hosts, callsPerSecond: pace },
    onFault,
  });
  log.info({ environment: boot.environment, records: journal.head().sequence, build: boot.build }, 'started');
  const closeAll = async (): Promise<void> => {
    door.stop();
    await rotation?.stop();
    await net.close();
    await served?.close();
    await gateway.stop();
    await broker.close();
    await opened.closeGround();
  };
  release = closeAll;
  return {
    gateway,
    socketPath,
    async close() {
      await closeAll();
      await opened.closeVault();
    },
  };
}

/** A test reads our memory and crashes us on purpose. Never with real money, and only before a simulated broker. */
function isExamined({ environment, testbed, options }: Boot): boolean {
  return options['examined'] === true && environment !== 'real' && testbed !== null;
}

/** What the person wrote for the gateway in `snowball.yaml`; without a house around it there is no such file. */
function configured({ options }: Boot) {
  const file = options['config'];
  return typeof file === 'string' ? { permits: readPermits(file), gradeCWaiverUntil: readGradeWaiver(file) } : {};
}

/** What a gateway stands on: journal, clock, the open vault, and a broker that was not spoken to yet. */
async function openAll(boot: Boot) {
  // Said before anything else, whatever more real money asks for.
  webConvenience(boot.environment, isConvenienceConfigured(boot));
  if (boot.environment === 'real') throw realRefusal(process.versions.node);
  if (!isExamined(boot)) refuseUnsafeFlags([...process.execArgv, process.env['NODE_OPTIONS'] ?? '']);
  // Whoever waits for a key must not outlive its parent either.
  onParentGone(() => current ?? process.exit(0));
  const incidents = new IncidentLog({ log, elapsedMs: () => performance.now() });
  const onFault = (error: unknown): void => incidents.fault(error);
  // The journal first: its lock keeps a second gateway away from everything else.
  const anchorFile = anchorPath(boot);
  const journal = await openJournal({ file: join(folder, 'journal'), anchorFile });
  lastWords = (entries) => journal.lastWords(entries);
  const { clock, stop: stopClock } = await startClock(boot);
  const {
    vault,
    isOpenedByCredential,
    close: closeVault,
  } = await startVault({
    boot,
    folder,
    seen: vaultSeen(journal),
    letGo: () => letGo(),
    rotate: rotateAtDoor(() => (current === null || rotation === null ? null : { gateway: current, rotation })),
    recycle: () => process.exit(0),
    onLocked: () => log.info('the vault is locked: it waits for "snowball vault unlock"'),
    onProven: (code) => resumeProof.give(code),
  });
  const signing = await signJournal({
    journal,
    vault,
    environment: boot.environment === 'trial' ? 'paper' : boot.environment,
    anchorFile,
    channel: (head) => mailHead(head),
    onFault,
  });
  const { rest, webSocket } = boot.testbed ?? paperHosts;
  const pace = callsPerSecond() === kisPaperCallsPerSecond ? null : callsPerSecond();
  const connected = connectBroker({
    environment: boot.environment,
    rest,
    webSocket,
    vault,
    folder,
    clock,
    incidents,
    // Before the journal is folded, the window of every installation.
    permits: () => current?.permits ?? plainPermits,
    onOutside: (what, sentence) => outsideSession(what, sentence, onFault),
    callsPerSecond: pace,
  });
  const closeGround = async (): Promise<void> => {
    stopClock();
    await journal.close();
    await signing.close();
  };
  return {
    journal,
    closeGround,
    clock,
    vault,
    isOpenedByCredential,
    closeVault,
    hosts: { rest, webSocket },
    pace,
    connected,
    onFault,
  };
}

function isConvenienceConfigured({ options }: Boot): boolean {
  return typeof options['config'] === 'string' && readWebConvenience(options['config']);
}

/** Another disk or owner when the person names one; else a folder of its own. */
function anchorPath(boot: Boot): string {
  const chosen = boot.options['anchorFile'];
  return typeof chosen === 'string' ? chosen : join(homeLayout(boot.home).anchor, 'journal.jsonl');
}

async function mailHead(head: AnchoredHead): Promise<void> {
  log.info({ head }, 'the head of the journal');
  // The last one of a journal that is being closed stands in the anchor alone.
  if (isEnding) return;
  if (headMail === null) firstHead = head;
  else await headMail.take(head);
}

async function startHeadMail(gateway: Gateway): Promise<void> {
  headMail = new HeadMail({
    state: () => gateway.state,
    record: (event) => gateway.recorder.record(event),
    at: () => gateway.moment().at,
  });
  if (firstHead !== null) await headMail.take(firstHead);
}

/** What the session left is signed, and its head goes out. */
async function onSessionEnd(
  broker: { sessionClosed(): Promise<void> },
  journal: FileJournal,
  onFault: (error: unknown) => void,
): Promise<void> {
  headMail?.endOfSession();
  await Promise.all([journal.checkpoint('day').catch(onFault), broker.sessionClosed().catch(onFault)]);
}

function watchKeyAge(
  gateway: Gateway,
  vault: Vault,
  { owner, rotating }: ConnectedBroker,
  onFault: (error: unknown) => void,
): KeyAgeWatch {
  return new KeyAgeWatch({
    vault,
    owner,
    current: () => rotating.current,
    now: () => gateway.clock.now(),
    told: () => gateway.state.incidents,
    incident: (code, detail) => void gateway.recorder.record({ kind: 'incident', code, detail }).catch(onFault),
  });
}

/** The first question fetches the token of the session. */
function onSession(gateway: Gateway, broker: { sessionOpened(): void }): void {
  broker.sessionOpened();
  gateway.pump.ask();
  gateway.books.ask();
}

/** N01 on record; a strategy that insists through the night makes one record a minute. */
function outsideSession(what: string, sentence: string, onFault: (error: unknown) => void): void {
  if (current === null || performance.now() < nextOutsideMs) return;
  nextOutsideMs = performance.now() + outsideEveryMs;
  const detail = `tried to ${what} ${sentence}`.slice(0, 200);
  log.error({ what, sentence }, 'refused outside the session');
  current.recorder.record({ kind: 'incident', code: 'outside-session', detail }).catch(onFault);
}

/** Trial runs on the testbed's virtual clock and nothing else does. */
async function startClock(boot: Boot): Promise<{ readonly clock: GatewayClock; readonly stop: () => void }> {
  if (boot.environment !== 'trial') return { clock: new SystemClock(), stop: () => undefined };
  if (boot.testbed === null) throw new FixConfiguration('link.boot', 'Cannot start trial mode: there is no testbed');
  const clock = new TestbedClock(boot.testbed.console);
  await clock.start();
  return { clock, stop: () => clock.stop() };
}

/** Before the vault is sealed: new risk is blocked, what is open is withdrawn and looked up, then token and broker are let go. */
async function letGo(): Promise<void> {
  if (current === null) return;
  isEnding = true;
  await current.recorder.record({ kind: 'halt', by: 'cli', reason: 'the vault was sealed' });
  const deadline = performance.now() + sealPatienceMs;
  while (openOrders(current.state).length > 0 && performance.now() < deadline) {
    await Promise.race([current.pump.nextRound(), pause(deadline - performance.now())]);
  }
  await release?.();
}

/** An ordinary end. What is being sent at this moment is looked up at the next start, as after a crash. */
async function stop(why: string): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  log.info({ why }, 'stopping');
  setTimeout(() => process.exit(failureExitCode), lastCancelsMs).unref();
  await running.close();
  process.exit(0);
}

/**
 * Our own logic or the disk failed: trading is halted on record, so that the next start does not go on by itself, what
 * is open is withdrawn as far as the broker answers, and the process ends.
 */
async function fatal(error: unknown): Promise<void> {
  log.fatal(describe(error), 'stopped by a failure');
  if (isEnding) return;
  isEnding = true;
  setTimeout(() => process.exit(failureExitCode), lastCancelsMs);
  if (current !== null) await haltAndWithdraw(current, error);
  process.exit(failureExitCode);
}

async function haltAndWithdraw(gateway: Gateway, error: unknown): Promise<void> {
  const reason = `the gateway stopped by a failure: ${describe(error)['code'] ?? 'unexpected'}`;
  try {
    await gateway.recorder.record({ kind: 'halt', by: 'gateway', reason });
    await gateway.stop();
  } catch (cause) {
    // The journal takes nothing any more: its reserve may, and the next start finds the halt there. The cancels need neither.
    const halt = entry('halt', { by: 'gateway', reason, at: gateway.moment().at });
    const isKept = await lastWords([halt]);
    log.warn({ ...describe(cause), isKept }, 'cannot record the halt in the journal');
    await withdrawOpen(gateway);
  }
}

async function withdrawOpen(gateway: Gateway): Promise<void> {
  const cancels = openOrders(gateway.state).map(async (order) => {
    const leg = order.legs.at(-1);
    if (leg === undefined) return;
    const { instrument, side } = order.request;
    await gateway.broker.cancel({ ...leg, instrument, side });
  });
  for (const { status } of await Promise.allSettled(cancels)) log.warn({ status }, 'last cancel');
}

function end(error: unknown): never {
  const isMendable = error instanceof SnowballError && error.nextStep === 'fix-configuration';
  const code = error instanceof SnowballError ? ` [${error.code}]` : '';
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${code}\n`);
  process.exit(isMendable ? configurationExitCode : failureExitCode);
}

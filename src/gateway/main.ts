import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { seoulDate } from '#domain/trading-date.ts';
import type { FileJournal } from '#journal/journal.ts';
import { openJournal } from '#journal/open-journal.ts';
import { threadDisk } from '#journal/thread-disk.ts';
import { onParentGone, readBoot, writeReady } from '#link/boot-line.ts';
import { gatewaySocket, type Boot } from '#link/boot.ts';
import { readHaltFile } from '#link/halt-file.ts';
import { plainPermits } from '#guard/permits.ts';
import { homeLayout } from '#link/home-layout.ts';
import { webConvenience } from '#link/web-convenience.ts';
import type { Logger } from 'pino';
import {
  anchorPath,
  callsPerSecond,
  configured,
  hostsOf,
  isConvenienceConfigured,
  isExamined,
  otherPace,
} from './boot-options.ts';
import { connectBroker } from './keys/connect-broker.ts';
import { endUnstarted, failureExitCode } from './end-unstarted.ts';
import { Gateway } from './gateway.ts';
import { EarlyHeads } from './head-mail.ts';
import { IncidentLog } from './incident-log.ts';
import { watchKeyAge, type KeyAgeWatch } from './keys/key-age-watch.ts';
import type { KeyRotation } from './keys/key-rotation.ts';
import { haltAndWithdraw, withdrawAndLookUp } from './last-acts.ts';
import { describe, openLog } from './log.ts';
import { OutsideSession } from './keys/outside-session.ts';
import { ResumeProof } from './safety/resume-proof.ts';
import { realRefusal } from './safety/real-refusal.ts';
import { safetyNet, signsOfLife } from './safety/safety-net.ts';
import { signJournal } from './sign-journal.ts';
import { serve, type Served } from './serve.ts';
import { rotateAtDoor, startRotation } from './keys/start-rotation.ts';
import { startClock } from './clock/start-clock.ts';
import { startVault } from './keys/start-vault.ts';
import { maskAccount, statusView } from './handlers/status-view.ts';
import { refuseUnsafeFlags } from './safety/unsafe-flags.ts';
import { vaultSeen } from './keys/vault-seen.ts';

/** How long a dying gateway tries to withdraw what is open. */
const lastCancelsMs = 3_000;

/** The gateway as a process: boot line in, ready line out, until the parent is gone or somebody says stop. */
const boot = await readBoot().catch(endUnstarted);
const folder = homeLayout(boot.home).gateway;
await mkdir(folder, { recursive: true, mode: 0o700 });
const log = openLog(folder);
/** From the vault's door to the second step of a resume. */
const resumeProof = new ResumeProof(() => performance.now());
const outside = new OutsideSession(log);
let isEnding = false;
/** Into the reserve of a journal that failed; there is none before it is open. */
let lastWords: FileJournal['lastWords'] = async () => false;
/** Known as soon as it exists, so that a failure can still withdraw what is open. */
let current: Gateway | null = null;
/** Null until the start is done. */
let rotation: KeyRotation | null = null;
/** Everything but the vault is closed by it; null until the start is done. */
let release: (() => Promise<void>) | null = null;
const heads = new EarlyHeads();

process.on('uncaughtException', (error) => void fatal(error));
process.on('unhandledRejection', (error) => void fatal(error));

const running = await start(boot, log).catch((error: unknown) => {
  log.fatal(describe(error), 'cannot start');
  return endUnstarted(error);
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
  const { journal, vault, onFault } = opened;
  const { broker, door } = opened.connected;
  const audience: Audience = { served: null };
  const gateway = gatewayOf(boot, opened, audience);
  current = gateway;
  // Keys to fake money end with their testbed.
  const keyAges = boot.environment === 'trial' ? null : watchKeyAge(gateway, vault, opened.connected, onFault);
  const served = await serveAll(boot, gateway, opened, keyAges);
  audience.served = served;
  await gateway.start();
  const openSession = (): void => {
    onSession(gateway, broker);
    keyAges?.look();
  };
  door.start({ opened: openSession, closed: () => onSessionEnd(broker, journal, onFault) });
  await heads.start({
    state: () => gateway.state,
    record: (event) => gateway.recorder.record(event),
    at: () => gateway.moment().at,
  });
  await gateway.recorder.record({ kind: 'vault-seen', id: vault.id, generation: vault.generation });
  rotation = startRotation({ gateway, vault, connected: opened.connected, onFault });
  const way = { credentials: opened.connected.credentials, ...opened.hosts, callsPerSecond: opened.pace };
  const net = await safetyNet({ boot, gateway, broker: way, onFault });
  log.info({ environment: boot.environment, records: journal.head().sequence, build: boot.build }, 'started');
  const closeAll = async (): Promise<void> => {
    door.stop();
    await rotation?.stop();
    await net.close();
    await served.close();
    await gateway.stop();
    await broker.close();
    await opened.closeGround();
  };
  release = closeAll;
  const close = async (): Promise<void> => {
    await closeAll();
    await opened.closeVault();
  };
  return { gateway, socketPath: join(boot.runFolder, gatewaySocket), close };
}

type Opened = Awaited<ReturnType<typeof openAll>>;

/** Who hears of the gateway's news; nobody before the socket is open. */
interface Audience {
  served: Served | null;
}

function gatewayOf(boot: Boot, { connected, journal, clock, onFault }: Opened, audience: Audience): Gateway {
  const { quietWindowMs } = boot.options;
  return new Gateway({
    environment: boot.environment,
    build: boot.build,
    broker: connected.broker,
    journal,
    clock,
    ...configured(boot),
    instrumentFile: join(boot.home, 'instruments.json'),
    ...(typeof quietWindowMs === 'number' ? { quietWindowMs } : {}),
    signsOfLife: signsOfLife(boot),
    door: connected.door,
    onOrder: (order) => audience.served?.order(order),
    onTick: (tick) => audience.served?.tick(tick),
    onBarGap: (gap) => audience.served?.barGap(gap),
    onStatus: () => audience.served?.statusChanged(),
    onFault,
    onFatal: (error) => void fatal(error),
  });
}

function serveAll(boot: Boot, gateway: Gateway, opened: Opened, keyAges: KeyAgeWatch | null): Promise<Served> {
  const { credentials, rotating } = opened.connected;
  const account = maskAccount(credentials.account().reveal());
  return serve({
    gateway,
    isWebConvenient: webConvenience(boot.environment, isConvenienceConfigured(boot)),
    socketPath: join(boot.runFolder, gatewaySocket),
    tokenHashes: boot.tokenHashes,
    ...(boot.tokenEndsAt === undefined ? {} : { tokenEndsAt: boot.tokenEndsAt }),
    status: () =>
      statusView(gateway, {
        account,
        tokenExpiresAt: credentials.tokenExpiresAt(),
        callsPerSecondMax: callsPerSecond(boot),
        keyLives: rotating.current.keyUse?.lives(seoulDate(opened.clock.now())) ?? [],
      }),
    haltFile: () => readHaltFile(boot.home),
    checkKey: () => keyAges?.mustNotBeOld(),
    resumeProof,
    isOpenedByCredential: opened.isOpenedByCredential,
    onFault: opened.onFault,
  });
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
  const journal = await openJournal({ file: join(folder, 'journal'), anchorFile, diskOf: threadDisk });
  lastWords = (entries) => journal.lastWords(entries);
  const { clock, stop: stopClock } = await startClock(boot);
  const vaultOpened = await startVault({
    boot,
    folder,
    seen: vaultSeen(journal),
    letGo: () => letGo(),
    rotate: rotateAtDoor(() => (current === null || rotation === null ? null : { gateway: current, rotation })),
    recycle: () => process.exit(0),
    onLocked: () => log.info('the vault is locked: it waits for "snowball vault unlock"'),
    onProven: (code) => resumeProof.give(code),
  });
  const { vault } = vaultOpened;
  const signing = await signJournal({
    journal,
    vault,
    environment: boot.environment === 'trial' ? 'paper' : boot.environment,
    anchorFile,
    channel: async (head) => {
      log.info({ head }, 'the head of the journal');
      // The last one of a journal that is being closed stands in the anchor alone.
      if (!isEnding) await heads.take(head);
    },
    onFault,
  });
  const hosts = hostsOf(boot);
  const pace = otherPace(boot);
  const connected = connectBroker({
    environment: boot.environment,
    ...hosts,
    vault,
    folder,
    clock,
    incidents,
    // Before the journal is folded, the window of every installation.
    permits: () => current?.permits ?? plainPermits,
    onOutside: (what, sentence) => outside.tell(current, what, sentence),
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
    isOpenedByCredential: vaultOpened.isOpenedByCredential,
    closeVault: vaultOpened.close,
    hosts,
    pace,
    connected,
    onFault,
  };
}

/** What the session left is signed, and its head goes out. */
async function onSessionEnd(
  broker: { sessionClosed(): Promise<void> },
  journal: FileJournal,
  onFault: (error: unknown) => void,
): Promise<void> {
  heads.endOfSession();
  await Promise.all([journal.checkpoint('day').catch(onFault), broker.sessionClosed().catch(onFault)]);
}

/** The first question fetches the token of the session. */
function onSession(gateway: Gateway, broker: { sessionOpened(): void }): void {
  broker.sessionOpened();
  gateway.pump.ask();
  gateway.books.ask();
}

/** Before the vault is sealed: new risk is blocked, what is open is withdrawn and looked up, then token and broker are let go. */
async function letGo(): Promise<void> {
  if (current === null) return;
  isEnding = true;
  await withdrawAndLookUp(current);
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
  if (current !== null) await haltAndWithdraw(current, error, { lastWords, log });
  process.exit(failureExitCode);
}

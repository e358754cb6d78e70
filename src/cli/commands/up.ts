import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { FixConfiguration } from '#domain/errors.ts';
import { homeLayout } from '#link/home-layout.ts';
import { configFile, modeFolder } from '../house/home.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { runVault, wordsRequest } from './vault.ts';

const checkout = join(import.meta.dirname, '..', '..', '..');
const supervisor = join(checkout, 'src', 'supervisor', 'main.ts');

interface UpOptions {
  readonly port: string;
  readonly speed: string;
  readonly seed: string;
  readonly config: string;
  readonly watchdog: string;
  readonly environment: string;
  readonly simulator?: string;
  readonly credential?: string;
}

/** How long a starting gateway may take to listen for the key of its vault. */
const unlockWaitMs = 60_000;
/** Under which name systemd hands the key file over (LoadCredential=). */
const credentialName = 'snowball-vault-key';

/** `snowball up`, which is `npm start`: everything, in trial mode, or for paper with the person's own vault. */
export function upCommand(): Command {
  return new Command('up')
    .description(say('체험을 시작해요. npm start와 같아요.', 'Start trial mode; the same as npm start.'))
    .option('--port <number>', say('화면의 포트', 'port of the web console'), '8420')
    .option('--speed <times>', say('가상 시계 배속, 1에서 1000', 'market seconds per real second, 1 to 1000'), '10')
    .option('--seed <number>', say('가상 시세의 씨앗', 'seed of the synthetic market'), '20261121')
    .option('--config <file>', say('설정 파일', 'configuration file'), configFile)
    .addOption(
      new Option('--environment <name>', say('체험 또는 모의투자', 'trial or paper'))
        .choices(['trial', 'paper'])
        .default('trial'),
    )
    .option('--credential <file>', say('모의투자: 금고를 여는 열쇠 파일', 'paper: key file that opens the vault'))
    .option(
      '--simulator <rest,websocket>',
      say('모의투자: KIS 대신 이 컴퓨터의 시뮬레이터', 'paper: a simulator on this machine instead of KIS'),
    )
    .option(
      '--watchdog <child|apart>',
      say(
        '안전 감시를 함께 켜거나(child) 따로 켜요(apart)',
        'start the watchdog too (child) or leave it to its own unit (apart)',
      ),
      'child',
    )
    .action(async (options: UpOptions) => {
      const environment = options.environment === 'paper' ? 'paper' : 'trial';
      const credentialFile = environment === 'paper' ? credentialOf(options) : null;
      // Shown once, at the first start; "snowball vault words" shows them again.
      const isFirst = environment === 'trial' && !existsSync(join(homeLayout(modeFolder('trial')).gateway, 'vault'));
      const running = runSupervisor({
        home: modeFolder(environment),
        environment,
        simulator: environment === 'paper' ? simulatorOf(options.simulator) : null,
        credentialFile,
        port: wholeNumber('--port', options.port, 0, 65_535),
        speed: wholeNumber('--speed', options.speed, 1, 1_000),
        seed: wholeNumber('--seed', options.seed, 0, 2 ** 31 - 1),
        config: readableFile(options.config),
        language: terminalLanguage(),
        watchdog: watchdogOf(options.watchdog),
      });
      if (environment === 'paper' && credentialFile === null) unlock(running);
      if (isFirst) void runVault(wordsRequest(unlockWaitMs, false), running);
      process.exitCode = await running;
    });
}

/** Asks for the passphrase in this terminal, while the house runs, and hands it to the gateway; the supervisor never sees it. */
function unlock(running: Promise<unknown>): void {
  const home = modeFolder('paper');
  const task = { kind: 'unlock', waitMs: unlockWaitMs } as const;
  const language = terminalLanguage();
  // When it fails it says why itself; "snowball vault unlock" in another terminal does the same.
  void runVault({ home, environment: 'paper', language, isJson: false, withRecovery: false, task }, running);
}

/** The key file that was named, or the one that systemd lays out; null asks the person. */
function credentialOf({ credential }: UpOptions): string | null {
  if (credential !== undefined) return resolve(credential);
  const folder = process.env['CREDENTIALS_DIRECTORY'];
  const file = folder === undefined ? null : join(folder, credentialName);
  return file !== null && existsSync(file) ? file : null;
}

/** @throws FixConfiguration `cli.option` */
function simulatorOf(text: string | undefined): { readonly rest: string; readonly webSocket: string } | null {
  if (text === undefined) return null;
  const [rest = '', webSocket = '', ...more] = text.split(',');
  if (more.length === 0 && URL.canParse(rest) && URL.canParse(webSocket)) return { rest, webSocket };
  const example = 'http://127.0.0.1:29443,ws://127.0.0.1:31000';
  throw new FixConfiguration(
    'cli.option',
    say(`--simulator에는 "${example}"처럼 적어 주세요.`, `Write --simulator as "${example}".`),
  );
}

/** Waits until it ends. Ctrl-C in a terminal reaches both of us, a signal of another program us alone: told twice is safe. */
function runSupervisor(options: Readonly<Record<string, unknown>>): Promise<number> {
  const args = ['--disable-warning=ExperimentalWarning', '--disable-sigusr1', supervisor, JSON.stringify(options)];
  // What is typed belongs to the question for the passphrase.
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill('SIGTERM'));
  return new Promise((done) => child.on('exit', (code) => done(code ?? 1)));
}

/** Said before anything is started. @throws FixConfiguration `cli.config` */
function readableFile(path: string): string {
  const file = resolve(path);
  try {
    accessSync(file, constants.R_OK);
    return file;
  } catch (cause) {
    const korean = `설정 파일 "${file}"을 읽을 수 없어요. --config에 있는 파일의 경로를 적어 주세요.`;
    const english = `Cannot read the configuration "${file}": give --config the path of a file that is there.`;
    throw new FixConfiguration('cli.config', say(korean, english), { cause });
  }
}

/** @throws FixConfiguration `cli.option` */
function watchdogOf(text: string): 'child' | 'apart' {
  if (text === 'child' || text === 'apart') return text;
  const korean = `--watchdog 값을 쓸 수 없어요: "${text}". child나 apart를 적어 주세요.`;
  throw new FixConfiguration('cli.option', say(korean, `Cannot use --watchdog "${text}": write child or apart.`));
}

/** @throws FixConfiguration `cli.number` */
export function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least && value <= most && text.trim() !== '') return value;
  const korean = `${option} 값을 쓸 수 없어요: "${text}". ${least}에서 ${most} 사이의 정수를 적어 주세요.`;
  const english = `Cannot use ${option} "${text}": write a whole number from ${least} to ${most}.`;
  throw new FixConfiguration('cli.number', say(korean, english));
}

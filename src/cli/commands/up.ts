import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { FixConfiguration } from '#domain/errors.ts';
import { modeFolder } from '../home.ts';
import { say, terminalLanguage } from '../language.ts';

const checkout = join(import.meta.dirname, '..', '..', '..');
const supervisor = join(checkout, 'src', 'supervisor', 'main.ts');

interface UpOptions {
  readonly port: string;
  readonly speed: string;
  readonly seed: string;
  readonly config: string;
}

/** `snowball up`, which is `npm start`: everything, in trial mode. */
export function upCommand(): Command {
  return new Command('up')
    .description(say('체험을 시작해요. npm start와 같아요.', 'Start trial mode; the same as npm start.'))
    .option('--port <number>', say('화면의 포트', 'port of the web console'), '8420')
    .option('--speed <times>', say('가상 시계 배속, 1에서 1000', 'market seconds per real second, 1 to 1000'), '10')
    .option('--seed <number>', say('가상 시세의 씨앗', 'seed of the synthetic market'), '20261121')
    .option('--config <file>', say('설정 파일', 'configuration file'), join(checkout, 'config', 'snowball.yaml'))
    .action(async (options: UpOptions) => {
      process.exitCode = await runSupervisor({
        home: modeFolder('trial'),
        environment: 'trial',
        port: wholeNumber('--port', options.port, 0, 65_535),
        speed: wholeNumber('--speed', options.speed, 1, 1_000),
        seed: wholeNumber('--seed', options.seed, 0, 2 ** 31 - 1),
        config: readableFile(options.config),
        language: terminalLanguage(),
      });
    });
}

/** Waits until it ends. Ctrl-C in a terminal reaches both of us, a signal of another program us alone: told twice is safe. */
function runSupervisor(options: Readonly<Record<string, unknown>>): Promise<number> {
  const args = ['--disable-warning=ExperimentalWarning', '--disable-sigusr1', supervisor, JSON.stringify(options)];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
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

/** @throws FixConfiguration `cli.number` */
export function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least && value <= most && text.trim() !== '') return value;
  const korean = `${option} 값을 쓸 수 없어요: "${text}". ${least}에서 ${most} 사이의 정수를 적어 주세요.`;
  const english = `Cannot use ${option} "${text}": write a whole number from ${least} to ${most}.`;
  throw new FixConfiguration('cli.number', say(korean, english));
}

import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { FixConfiguration } from '#domain/errors.ts';
import { say } from '#link/language.ts';
import { clockCommand } from './testbed-clock.ts';
import { faultCommand } from './testbed-fault.ts';
import { priceCommand } from './testbed-price.ts';
import { wholeNumber } from './up.ts';

const entry = join(import.meta.dirname, '..', '..', 'testbed', 'kis-entry.ts');

type Options = Readonly<Record<string, string | boolean | undefined>>;

/** `snowball testbed kis`: the simulator of one broker alone, for clients written for the real one. */
export function testbedCommand(): Command {
  const testbed = new Command('testbed').description(
    say('모의 증권사를 혼자 띄워요.', 'Run a simulated broker on its own.'),
  );
  testbed
    .command('kis')
    .description(
      say(
        '한국투자증권 시뮬레이터를 띄우고 준비되면 JSON 한 줄을 써요.',
        'Start the KIS simulator; prints one JSON line when ready.',
      ),
    )
    .option('--rest-real <port>', 'REST, real', '9443')
    .option('--rest-paper <port>', 'REST, paper', '29443')
    .option('--ws-real <port>', 'websocket, real', '21000')
    .option('--ws-paper <port>', 'websocket, paper', '31000')
    .option('--console <port>', say('장애 콘솔, 0은 빈 포트', 'fault console; 0 takes a free port'), '0')
    .option('--profile <name>', 'auto | legacy | 2025 | 2026-09', 'auto')
    .option('--permissive', say('예전에 받아 주던 값도 받아요', 'accept what real KIS used to accept'))
    .option('--limits <on|off>', say('초당 거래건수 제한', 'rate limits'), 'off')
    .option('--token-throttle-seconds <seconds>', say('토큰 발급 사이 초', 'seconds between two tokens'), '60')
    .option('--session <name>', 'regular | clock', 'clock')
    .option('--date <YYYY-MM-DD>', say('영업일', 'business date'))
    .option('--seed <number>', say('가상 시세의 씨앗', 'seed of the synthetic market'), '20261121')
    .option('--speed <times>', say('가상 시계 배속', 'market seconds per real second'), '1')
    .option(
      '--replay <path>',
      say('지난 시세(일봉 폴더, 저장소, 녹화)', 'a past market: folder of bars, store or recording'),
    )
    .option('--from <YYYY-MM-DD>', say('다시 볼 첫날', 'first day of the replay'))
    .option('--symbols <codes>', say('종목코드, 쉼표로', 'codes to replay, with commas between'))
    .option('--record <file>', say('모든 체결을 새 파일에 남겨요', 'write every print into a new file'))
    .option('--paused', say('시계를 멈춘 채 시작해요', 'start with market time standing still'))
    .option('--tls-real <port>', 'REST over TLS, real')
    .option('--tls-paper <port>', 'REST over TLS, paper')
    .option('--app-key-real <36>')
    .option('--app-secret-real <180>')
    .option('--app-key-paper <36>')
    .option('--app-secret-paper <180>')
    .option('--account <10>')
    .option('--hts-id <id>')
    .action(async (options: Options) => {
      process.exitCode = await runTestbed(checked(options));
    });
  testbed.addCommand(faultCommand());
  testbed.addCommand(clockCommand());
  testbed.addCommand(priceCommand());
  return testbed;
}

/** The forms of texts that a person may give; every one is optional. */
const forms: readonly (readonly [option: string, pattern: RegExp, korean: string, english: string])[] = [
  ['appKeyReal', /^.{36}$/, '36자', '36 characters'],
  ['appSecretReal', /^.{180}$/, '180자', '180 characters'],
  ['appKeyPaper', /^.{36}$/, '36자', '36 characters'],
  ['appSecretPaper', /^.{180}$/, '180자', '180 characters'],
  ['account', /^\d{8}(-?\d{2})?$/, '숫자 여덟 자리나 열 자리', 'eight or ten digits'],
  ['htsId', /^.{1,12}$/, '1자에서 12자', '1 to 12 characters'],
  ['date', /^\d{4}-\d{2}-\d{2}$/, '2026-09-14 꼴', 'a day such as 2026-09-14'],
  ['from', /^\d{4}-\d{2}-\d{2}$/, '2024-01-02 꼴', 'a day such as 2024-01-02'],
  ['symbols', /^[0-9A-Z]{6}(,[0-9A-Z]{6})*$/, '005930,000660 꼴', 'codes such as 005930,000660'],
];

/** @throws FixConfiguration `cli.number`, `cli.choice`, `cli.option` */
function checked(options: Options): Options {
  for (const name of ['restReal', 'restPaper', 'wsReal', 'wsPaper', 'console', 'tlsReal', 'tlsPaper']) {
    if (options[name] !== undefined) wholeNumber(spelt(name), String(options[name]), 0, 65_535);
  }
  wholeNumber('--token-throttle-seconds', String(options['tokenThrottleSeconds']), 0, 3_600);
  wholeNumber('--speed', String(options['speed']), 1, 1_000);
  for (const [name, pattern, korean, english] of forms) {
    const value = options[name];
    if (value !== undefined && !pattern.test(String(value))) throw misshapen(spelt(name), korean, english);
  }
  choice('--profile', options['profile'], ['auto', 'legacy', '2025', '2026-09']);
  choice('--limits', options['limits'], ['on', 'off']);
  choice('--session', options['session'], ['regular', 'clock']);
  // The child has the same folder, but a message should name the whole path.
  const paths = ['replay', 'record'].filter((name) => options[name] !== undefined);
  return { ...options, ...Object.fromEntries(paths.map((name) => [name, resolve(String(options[name]))])) };
}

/** As it is written on the command line: `restReal` is `--rest-real`. */
function spelt(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The value is not repeated: it may be a key. */
function misshapen(option: string, korean: string, english: string): FixConfiguration {
  return new FixConfiguration(
    'cli.option',
    say(`${option} 값을 쓸 수 없어요. ${korean}로 적어 주세요.`, `Cannot use ${option}: write ${english}.`),
  );
}

function choice(option: string, value: string | boolean | undefined, allowed: readonly string[]): void {
  if (typeof value === 'string' && allowed.includes(value)) return;
  const korean = `${option} 값을 쓸 수 없어요: "${value}". ${allowed.join(', ')} 가운데 하나를 적어 주세요.`;
  throw new FixConfiguration(
    'cli.choice',
    say(korean, `Cannot use ${option} "${value}": write one of ${allowed.join(', ')}.`),
  );
}

/**
 * Options travel over standard input: keys must not stand in an argument list. A process group of its own, so that each
 * signal reaches it once, through us.
 */
function runTestbed(options: Options): Promise<number> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry], {
    stdio: ['pipe', 'inherit', 'inherit'],
    detached: process.platform !== 'win32',
  });
  child.stdin?.end(JSON.stringify(options));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill('SIGTERM'));
  return new Promise((done) => child.on('exit', (code, signal) => done(signal ? 1 : (code ?? 1))));
}

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { Environment } from '#domain/environment.ts';
import { FixConfiguration } from '#domain/errors.ts';
import type { VaultRequest, VaultTask } from '#link/vault-request.ts';
import { modeFolder } from '../house/home.ts';
import { say, terminalLanguage } from '#link/language.ts';

const entry = join(import.meta.dirname, '..', '..', 'gateway', 'vault-command.ts');

interface VaultOptions {
  readonly environment: string;
  readonly json?: boolean;
  readonly recovery?: boolean;
  readonly sheet?: string;
  readonly now?: boolean;
  readonly cutOver?: boolean;
  readonly remove?: boolean;
}

type MakeTask = (options: VaultOptions, argument: string) => VaultTask;

/**
 * `snowball vault …`. The command line never sees a secret and cannot open a vault: it starts the gateway room's own
 * command with its terminal, which asks for what must not be seen.
 */
export function vaultCommand(): Command {
  const vault = new Command('vault').description(
    say('앱키와 계좌번호를 담는 금고예요.', 'The vault of app keys and account numbers.'),
  );
  for (const [name, ko, en, make] of plain) add(vault, name, say(ko, en), make);
  add(
    vault,
    'create',
    say('금고와 복구 종이를 만들어요.', 'Make a vault and its recovery sheet.'),
    ({ sheet = null }) => ({ kind: 'create', sheet }),
  ).addOption(sheetOption());
  add(
    vault,
    'recovery',
    say('복구 종이를 새로 만들어요. 옛 종이는 못 쓰게 돼요.', 'Make a new recovery sheet; the old one ends.'),
    ({ sheet = null }) => ({ kind: 'recovery', sheet }),
  ).addOption(sheetOption());
  add(vault, 'retire <name>', say('이전 값을 지워요.', 'Drop the previous value.'), ({ now = false }, name) => ({
    kind: 'retire',
    name,
    now,
  })).option('--now', say('10분을 기다리지 않고', 'without the ten minutes of grace'));
  add(
    vault,
    'credential [file]',
    say('사람 없이 켜는 기계를 위한 열쇠 파일을 만들어요.', 'Make a key file for a machine that starts alone.'),
    credentialTask,
  ).option('--remove', say('열쇠 파일로 열리지 않게 해요', 'no key file opens the vault any more'));
  for (const [name, kind, ko, en] of changing) {
    add(vault, name, say(ko, en), ({ cutOver = false }, secret) => ({ kind, name: secret, cutOver })).option(
      '--cut-over',
      say('새 키를 받으면 옛 키가 바로 끝날 때', 'the old key died when the new one was issued'),
    );
  }
  vault
    .command('words')
    .description(say('체험 금고의 여섯 단어를 보여 줘요.', "Show the six words of the trial's vault."))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      process.exitCode = await runVault(wordsRequest(0, json));
    });
  return vault;
}

/** For the trial alone: no other vault keeps its passphrase. `waitMs`: for a trial that is starting. */
export function wordsRequest(waitMs: number, isJson: boolean): VaultRequest {
  const place = { home: modeFolder('trial'), environment: 'trial' } as const;
  return { ...place, language: terminalLanguage(), isJson, withRecovery: false, task: { kind: 'words', waitMs } };
}

const changing = [
  [
    'rotate <name>',
    'rotate',
    '앱키를 바꿔요. 켜져 있으면 새 키를 시험하고 바로 쓰고, 꺼져 있으면 새 값을 받아 둬요.',
    'Change a key: a running Snowball tries the new one and uses it; else it is kept as PENDING.',
  ],
  ['promote <name>', 'promote', '받아 둔 새 값을 쓰기 시작해요.', 'Make the pending value current.'],
] as const;

const plain: readonly (readonly [name: string, ko: string, en: string, make: MakeTask])[] = [
  [
    'unlock',
    '기다리는 게이트웨이에 금고를 열어 줘요.',
    'Open the vault for a gateway that waits.',
    () => ({ kind: 'unlock', waitMs: 0 }),
  ],
  ['seal', '주문을 취소하고 금고를 잠가요.', 'Cancel what is open and seal the vault.', () => ({ kind: 'seal' })],
  ['status', '금고의 상태를 보여 줘요.', 'Show how the vault is.', () => ({ kind: 'status' })],
  [
    'list',
    '이름과 날짜만 보여 줘요. 값은 보여 주지 않아요.',
    'Names and ages, never values.',
    () => ({ kind: 'list' }),
  ],
  [
    'put <name>',
    '"kis" 전체나 "kis.paper.app-key" 하나를 넣어요.',
    'Put everything of "kis", or one value such as "kis.paper.app-key".',
    (_, name) => ({ kind: 'put', name }),
  ],
  ['passphrase', '암호문을 바꿔요.', 'Change the passphrase.', () => ({ kind: 'passphrase' })],
  ['backup <file>', 'age 형식으로 백업해요.', 'Back up in the age format.', (_, file) => ({ kind: 'backup', file })],
  ['restore <file>', '백업에서 되돌려요.', 'Restore a backup.', (_, file) => ({ kind: 'restore', file })],
  [
    'drill <file>',
    '백업이 열리고 값이 같은지 확인해요.',
    'Restore a backup into a temporary folder and compare.',
    (_, file) => ({ kind: 'drill', file }),
  ],
];

/** @throws {FixConfiguration} cli.option when neither or both are said */
function credentialTask({ remove = false }: VaultOptions, file: string): VaultTask {
  if ((file === '') === remove) return { kind: 'credential', file: remove ? null : file };
  throw new FixConfiguration(
    'cli.option',
    say(
      '"snowball vault credential"에는 파일 경로나 --remove 가운데 하나를 적어 주세요.',
      'Give "snowball vault credential" either a file or --remove.',
    ),
  );
}

function sheetOption(): Option {
  return new Option(
    '--sheet <file>',
    say('복구 종이를 화면 대신 파일(0600)에 써요', 'write the recovery sheet to a file (0600), not to the screen'),
  );
}

function add(vault: Command, name: string, description: string, make: MakeTask): Command {
  const command = vault
    .command(name)
    .description(description)
    .addOption(
      new Option('--environment <name>', say('어느 환경의 금고인지', 'whose vault it is'))
        .choices(['paper', 'real', 'trial'])
        .default('paper'),
    )
    .option('--recovery', say('암호문 대신 복구 종이로 열어요', 'open with the recovery sheet, not the passphrase'))
    .option('--json', say('JSON으로 출력', 'print JSON'));
  return command.action(async () => {
    const options = command.opts<VaultOptions>();
    process.exitCode = await runVault(requestOf(options, make(options, command.args[0] ?? '')));
  });
}

function requestOf(options: VaultOptions, task: VaultTask): VaultRequest {
  const environment = environmentOf(options.environment);
  return {
    home: modeFolder(environment),
    environment,
    language: terminalLanguage(),
    isJson: options.json === true,
    withRecovery: options.recovery === true,
    task,
  };
}

function environmentOf(name: string): Environment {
  return name === 'real' || name === 'trial' ? name : 'paper';
}

/**
 * Waits for the command of the gateway's room. Ctrl-C at a question ends it, and with it us.
 *
 * @param isOver when this is settled nobody wants the answer any more, and a command that still waits is ended
 */
export function runVault(request: VaultRequest, isOver?: Promise<unknown>): Promise<number> {
  const args = ['--disable-warning=ExperimentalWarning', '--disable-sigusr1', entry, JSON.stringify(request)];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  process.on('SIGINT', () => undefined);
  void isOver?.finally(() => child.kill());
  return new Promise((done) => child.on('exit', (code) => done(code ?? 1)));
}

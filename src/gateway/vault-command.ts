import { SnowballError } from '#domain/errors.ts';
import { vaultRequest, type VaultRequest, type VaultTask } from '#link/vault-request.ts';
import { openAsker } from './vault-command/asker.ts';
import { backup, drill, restore } from './vault-command/backup-task.ts';
import { create, credential, passphrase, recovery } from './vault-command/create-task.ts';
import { prove, seal, unlock } from './vault-command/door-task.ts';
import { words } from './vault-command/words-task.ts';
import { list, status } from './vault-command/look-task.ts';
import { put, retire } from './vault-command/put-task.ts';
import { promote, rotate } from './vault-command/rotate-task.ts';
import { koreanVault } from './vault-command/korean.ts';
import { vaultFileOf, type Outcome, type Stage } from './vault-command/stage.ts';

/**
 * `snowball vault …` as a process of the gateway's room: the command line starts it with its own standard input and never
 * sees what is typed. One argument, which holds no secret; one result on standard output; one sentence when it fails.
 */
const request = vaultRequest.parse(JSON.parse(process.argv[2] ?? 'null'));
const say = (korean: string, english: string): string => (request.language === 'ko' ? korean : english);
const ask = openAsker();
/** Tasks that need nothing but the vault's place. */
const plain = { status, list, passphrase, seal } as const;

try {
  const { text, json } = await run(request);
  const said = request.isJson ? JSON.stringify(json) : text;
  if (said !== '') process.stdout.write(`${said}\n`);
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`${sentenceOf(error)}\n`);
} finally {
  ask.close();
}

function isPlainTask(task: VaultTask): task is Extract<VaultTask, { readonly kind: keyof typeof plain }> {
  return Object.hasOwn(plain, task.kind);
}

function run(request: VaultRequest): Promise<Outcome> {
  const { task } = request;
  const stage: Stage = { request, task, ask, say, file: vaultFileOf(request.home) };
  return isPlainTask(task) ? plain[task.kind](stage) : runWith(stage, task);
}

function runWith(stage: Stage, task: Exclude<VaultTask, { readonly kind: keyof typeof plain }>): Promise<Outcome> {
  switch (task.kind) {
    case 'create':
      return create({ ...stage, task });
    case 'unlock':
      return unlock({ ...stage, task });
    case 'resume':
      return prove({ ...stage, task });
    case 'words':
      return words({ ...stage, task });
    case 'put':
      return put({ ...stage, task });
    case 'rotate':
      return rotate({ ...stage, task });
    case 'promote':
      return promote({ ...stage, task });
    case 'retire':
      return retire({ ...stage, task });
    case 'recovery':
      return recovery({ ...stage, task });
    case 'credential':
      return credential({ ...stage, task });
    case 'backup':
      return backup({ ...stage, task });
    case 'restore':
      return restore({ ...stage, task });
    case 'drill':
      break;
  }
  return drill({ ...stage, task });
}

/** Never a stack or a foreign message: either could quote what was typed. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof SnowballError)) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return say(`금고 명령이 멈췄어요${code}. 다시 해 주세요.`, `The vault command stopped${code}; try again.`);
  }
  return `${say(koreanVault[error.code] ?? error.message, error.message)} [${error.code}]`;
}

import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Command } from 'commander';
import { seoulDate } from '#domain/trading-date.ts';
import { homeLayout } from '#link/home-layout.ts';
import { keyAge } from '#link/key-age.ts';
import { keyLife, keyUse } from '#link/key-life.ts';
import type { Finding } from '../house/finding.ts';
import { readWebConvenience } from '#link/web-convenience.ts';
import { configFile, homeFolder, modeFolder } from '../house/home.ts';
import { say } from '#link/language.ts';
import { isolationFindings } from '../house/isolation-findings.ts';
import { printJson } from '../terminal/json.ts';
import { vaultReminders } from '../house/vault-reminders.ts';

/** `snowball doctor`: what this machine can and cannot do, and how to mend it. Exit code 1 when something must be mended. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(say('이 컴퓨터를 점검해요.', 'Check this machine.'))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(async (options: { json?: boolean }) => {
      const findings = [
        nodeVersion(),
        homeIsWritable(),
        homeIsPrivate(),
        diskSpace(),
        await portIsFree(8420),
        ...isolationFindings(),
        ...convenience(),
        ...keyLives(),
        ...vaultCare(),
      ];
      if (findings.some((finding) => !finding.ok)) process.exitCode = 1;
      if (options.json) return printJson(findings);
      for (const { ok, what, detail } of findings) process.stdout.write(`${ok ? '✓' : '✗'} ${what}: ${detail}\n`);
    });
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const realOk = major > 26 || (major === 26 && minor >= 12);
  const detail = realOk
    ? process.versions.node
    : say(
        `${process.versions.node}. 체험과 모의에는 충분해요. 실전에는 26.12.1 이상이 필요해요.`,
        `${process.versions.node}: enough for trial and paper; real trading asks for 26.12.1 or newer.`,
      );
  return { what: 'Node', ok: major >= 26, detail };
}

function homeIsWritable(): Finding {
  const home = homeFolder();
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    accessSync(home, constants.W_OK);
    return { what: say('데이터 폴더', 'data folder'), ok: true, detail: home };
  } catch {
    const detail = say(
      `"${home}"에 쓸 수 없어요. SNOWBALL_HOME으로 다른 폴더를 정해 주세요.`,
      `Cannot write to "${home}": set SNOWBALL_HOME to another folder.`,
    );
    return { what: say('데이터 폴더', 'data folder'), ok: false, detail };
  }
}

function homeIsPrivate(): Finding {
  const mode = existsSync(homeFolder()) ? statSync(homeFolder()).mode & 0o777 : 0o700;
  const ok = process.platform === 'win32' || (mode & 0o077) === 0;
  const detail = ok
    ? say('나만 읽을 수 있어요.', 'readable by you alone')
    : say(
        `다른 사용자도 볼 수 있어요(${mode.toString(8)}). chmod 700 "${homeFolder()}"을 실행해 주세요.`,
        `others can look in (${mode.toString(8)}): run chmod 700 "${homeFolder()}"`,
      );
  return { what: say('폴더 권한', 'folder mode'), ok, detail };
}

function diskSpace(): Finding {
  const { bavail, bsize } = statfsSync(homeFolder());
  const megabytes = Math.floor((bavail * bsize) / 1_048_576);
  const ok = megabytes >= 500;
  const detail = ok
    ? `${megabytes} MB`
    : say(`${megabytes} MB만 남았어요. 500 MB 이상 비워 주세요.`, `only ${megabytes} MB left: free at least 500 MB`);
  return { what: say('남은 공간', 'free space'), ok, detail };
}

function portIsFree(port: number): Promise<Finding> {
  const what = say('화면 포트', 'console port');
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      const detail = say(
        `${port}번을 이미 쓰고 있어요. 스노우볼이 켜져 있다면 괜찮고, 아니면 --port로 바꿔 주세요.`,
        `${port} is taken: fine if Snowball runs, else choose another with --port`,
      );
      resolve({ what, ok: true, detail });
    });
    server.listen(port, '127.0.0.1', () => server.close(() => resolve({ what, ok: true, detail: String(port) })));
  });
}

/** What the gateway noted of real and paper keys, whether it runs or not; trial keys are not noted. */
function keyLives(): readonly Finding[] {
  const today = seoulDate(Temporal.Now.instant());
  return (['paper', 'real'] as const).flatMap((environment) =>
    keysIn(join(homeLayout(modeFolder(environment)).gateway, 'keys'), today),
  );
}

function keysIn(folder: string, today: Temporal.PlainDate): readonly Finding[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.flatMap((name) => keyFindings(join(folder, name), today));
}

/** Said only where the configuration that stands in its usual place switches it on. */
function convenience(): readonly Finding[] {
  const what = say('화면 편의 모드', 'web convenience');
  try {
    if (!readWebConvenience(configFile)) return [];
  } catch (error) {
    return [{ what, ok: false, detail: error instanceof Error ? error.message : String(error) }];
  }
  const detail = say(
    '켜져 있어요. 모의투자에서 화면을 뺏기면 하루 한도까지 주문할 수 있어요. 실전은 시작하지 않아요.',
    "on: in paper whoever takes the web over may order up to the day's limits; real trading does not start with it",
  );
  return [{ what, ok: true, detail }];
}

/** Backups and restore drills that are due. */
function vaultCare(): readonly Finding[] {
  const what = say('금고 백업', 'vault backup');
  return vaultReminders(Temporal.Now.instant()).map((detail) => ({ what, ok: false, detail }));
}

function keyFindings(file: string, today: Temporal.PlainDate): readonly Finding[] {
  const read = keyUse.safeParse(jsonOf(file));
  if (!read.success) {
    const detail = say(
      `"${file}"을 읽지 못했어요. 지우면 다시 적혀요.`,
      `cannot read "${file}": delete it to begin anew`,
    );
    return [{ what: say('앱키 수명', 'app key'), ok: false, detail }];
  }
  const { broker, environment } = read.data;
  const age = keyAge(Temporal.PlainDate.from(read.data.issuedOn ?? read.data.firstUsedOn), today);
  const lives = keyLife(read.data, today).map(({ ko, en, reminder }) => ({
    what: say(`앱키 수명(${broker} ${environment})`, `app key (${broker} ${environment})`),
    ok: reminder !== 0,
    detail: say(ko, en),
  }));
  const what = say(`앱키 나이(${broker} ${environment})`, `age of the app key (${broker} ${environment})`);
  return [...lives, { what, ok: age.level === 'fresh', detail: say(age.ko, age.en) }];
}

function jsonOf(file: string): unknown {
  try {
    return parsedJson(readFileSync(file, 'utf8'));
  } catch {
    // Unreadable is what the schema will say of nothing at all.
    return null;
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not a line of ours is what the schema will say of nothing at all.
    return null;
  }
}

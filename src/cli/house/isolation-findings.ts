import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { say } from '#link/language.ts';
import type { Finding } from './finding.ts';

const gradeLine = z.strictObject({
  grade: z.enum(['A', 'B', 'C']),
  missing: z.enum(['not-linux', 'no-bubblewrap', 'no-namespaces']).nullable(),
  missingForB: z.enum(['not-linux', 'no-user', 'no-right', 'no-node']).nullable(),
});

type Grade = z.infer<typeof gradeLine>;

const gradeProgram = join(import.meta.dirname, '..', '..', 'runner', 'sandbox', 'show-grade.ts');
const gradeTimeoutMs = 15_000;

/**
 * How strategies are shut in here, why no better, and what to do (threat-model §3): A an OS sandbox, B another user, C
 * Node's permission flags alone. Tried in a process of its own, as the runner tries it.
 */
export function isolationFindings(): readonly Finding[] {
  const what = say('전략 격리', 'strategy isolation');
  const flags = ['--disable-warning=ExperimentalWarning', gradeProgram];
  const { stdout } = spawnSync(process.execPath, flags, { env: {}, encoding: 'utf8', timeout: gradeTimeoutMs });
  const read = gradeLine.safeParse(parsed(stdout));
  if (!read.success)
    return [{ what, ok: false, detail: say('등급을 알아내지 못했어요.', 'cannot find out the grade') }];
  return isolationSentences(read.data).map((detail) => ({ what, ok: true, detail }));
}

/** The grade; then, when it is not A, why not A, why not B, and what C costs. */
export function isolationSentences({ grade, missing, missingForB }: Grade): readonly string[] {
  return [
    grades[grade](),
    ...(missing === null ? [] : [notA[missing]()]),
    ...(missingForB === null ? [] : [notB[missingForB]()]),
    ...(grade === 'C' ? [costOfC()] : []),
  ];
}

const grades = {
  A: () => say('등급 A: bubblewrap으로 네트워크와 파일에서 떼어 놓아요.', 'grade A: bubblewrap, without network'),
  B: () =>
    say(
      '등급 B: 다른 사용자(snowball-strategy)로 돌려요. 네트워크는 Node 권한만으로 막아요.',
      "grade B: another user (snowball-strategy); the network is kept away by Node's flags alone",
    ),
  C: () => say('등급 C: Node 권한만으로 막아요.', "grade C: Node's permission flags alone"),
} as const;

const notA = {
  'not-linux': () =>
    say(
      'A가 아닌 까닭: 운영체제 격리는 리눅스에만 있어요. 리눅스 컴퓨터에서 켜 주세요.',
      'not A: the sandbox of the operating system is for Linux; run Snowball on Linux',
    ),
  'no-bubblewrap': () =>
    say(
      'A가 아닌 까닭: bubblewrap이 없어요. sudo apt install bubblewrap으로 설치해 주세요.',
      'not A: there is no bubblewrap; install it, such as by sudo apt install bubblewrap',
    ),
  'no-namespaces': () =>
    say(
      'A가 아닌 까닭: bubblewrap이 있지만 커널이 사용자 네임스페이스를 막았어요. sysctl kernel.unprivileged_userns_clone과 AppArmor 설정을 확인해 주세요.',
      'not A: bubblewrap is here and the kernel forbids user namespaces; see sysctl kernel.unprivileged_userns_clone and AppArmor',
    ),
} as const;

const notB = {
  'not-linux': () => say('B가 아닌 까닭: 리눅스에서만 돼요.', 'not B: for Linux alone'),
  'no-user': () =>
    say(
      'B가 아닌 까닭: snowball-strategy 사용자가 없어요. sudo useradd --system --no-create-home --shell /usr/sbin/nologin snowball-strategy로 만들어 주세요.',
      'not B: there is no user snowball-strategy; make one by sudo useradd --system --no-create-home --shell /usr/sbin/nologin snowball-strategy',
    ),
  'no-right': () =>
    say(
      'B가 아닌 까닭: 사용자를 바꿀 권한이 없어요. 권한을 주기보다 bubblewrap으로 등급 A를 쓰는 편이 좋아요.',
      'not B: no right to change the user (root, or CAP_SETUID with CAP_SETGID, CAP_CHOWN and CAP_KILL); bubblewrap is the better way',
    ),
  'no-node': () =>
    say(
      'B가 아닌 까닭: snowball-strategy 사용자가 Node를 실행하지 못해요. 모두가 지나갈 수 있는 /opt/snowball 같은 폴더에 설치해 주세요.',
      'not B: the user snowball-strategy cannot start Node where it lies; install in a folder that others may pass, such as /opt/snowball',
    ),
} as const;

function costOfC(): string {
  return say(
    '등급 C에서는 모의와 실전의 한도가 모두 절반이 되고, 실전은 config/snowball.yaml에 gradeCWaiverUntil 날짜를 적어야 켤 수 있어요.',
    'grade C halves every limit of paper and real, and real trading then needs a date at gradeCWaiverUntil in config/snowball.yaml',
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not a line of ours is what the schema will say of nothing at all.
    return null;
  }
}

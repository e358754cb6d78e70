import { join } from 'node:path';
import type { Say } from './screen.ts';

interface Facts {
  readonly home: string;
  readonly port: number;
}

type Sentence = (facts: Facts, say: Say) => string;

/** Where the supervisor knows more than the child that failed: the file, the option, and the person's language. */
const sentences: Readonly<Record<string, Sentence>> = {
  'vault.wrong-passphrase': ({ home }, say) => {
    const file = join(home, 'gateway', 'vault.passphrase');
    return say(
      `금고 암호문이 맞지 않아요. "${file}"의 내용을 처음대로 되돌려 주세요. 금고는 바뀌지 않았어요.`,
      `the passphrase in "${file}" does not fit the vault; put back the words it was made with. The vault was not changed.`,
    );
  },
  'gateway.vault-missing': (_, say) =>
    say(
      '금고가 없어요. "snowball vault create"로 만들고 "snowball vault put kis"로 채운 다음 다시 켜 주세요.',
      'there is no vault; make it with "snowball vault create", fill it with "snowball vault put kis", and start again.',
    ),
  'vault.rolled-back': (_, say) =>
    say(
      '금고가 전에 본 것보다 오래됐어요. 새 금고를 되돌려 놓거나 "snowball vault restore"로 백업을 되돌려 주세요.',
      'the vault is older than the one seen last; put the newest back, or restore a backup with "snowball vault restore".',
    ),
  'server.port-in-use': ({ port }, say) =>
    say(
      `${port}번 포트를 다른 프로그램이 쓰고 있어요. 그 프로그램을 멈추거나 --port로 다른 번호를 정해 주세요.`,
      `another program uses port ${port}; stop that program or choose another port with --port.`,
    ),
  'journal.locked': ({ home }, say) =>
    say(
      `다른 게이트웨이가 "${home}"의 기록을 쓰고 있어요. 그쪽을 먼저 멈춰 주세요.`,
      `another gateway writes to the journal in "${home}"; stop that one first.`,
    ),
};

/**
 * The one sentence for a child that could not start and says that only the person can mend it.
 *
 * @param lines what it wrote; the last one ends with its code in brackets
 * @returns null when it wrote nothing
 */
export function startSentence(lines: readonly string[], facts: Facts, say: Say): string | null {
  const last = lines.at(-1);
  if (last === undefined) return null;
  const [, code = ''] = /\[([a-z.-]+)\]$/.exec(last) ?? [];
  const sentence = sentences[code];
  return sentence === undefined ? last : `${sentence(facts, say)} [${code}]`;
}

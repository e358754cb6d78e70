import type { HistoryReport } from '#journal/check-history.ts';
import type { Signed } from '#journal/check-signatures.ts';
import type { Exported } from '#journal/export-journal.ts';
import type { Broken, Intact } from '#journal/verify-journal.ts';
import { say } from '#link/language.ts';

const violationsShown = 20;

/** What an intact journal is, and how far that is proven by somebody else than the journal itself. */
export function intactText({ records, head, signed, anchor }: Intact): string {
  const lines = [
    say(`기록 ${records}개가 온전해요. 머리 ${head.hash}`, `${records} records are intact. Head ${head.hash}`),
  ];
  if (signed.checkpoints === 0) {
    lines.push(say('서명은 아직 없어요.', 'There is no signature yet.'));
  } else {
    const english = `${signed.checkpoints} checkpoints, signed up to record ${signed.signedUpTo}.`;
    lines.push(say(`서명 ${signed.checkpoints}개, ${signed.signedUpTo}번까지 서명했어요.`, english));
  }
  if (signed.keys.length > 1) {
    const at = signed.keys.at(-1)?.sequence ?? 0;
    const english = `The key changed at record ${at}. If that was not you, compare with the anchor.`;
    lines.push(say(`${at}번에서 키가 바뀌었어요. 직접 바꾼 게 아니라면 바깥 머리와 견줘 주세요.`, english));
  }
  if (anchor !== null) {
    const english = `${anchor.heads} heads of the anchor agree, up to record ${anchor.sequence}.`;
    lines.push(say(`바깥에 둔 머리 ${anchor.heads}개와 맞아요. ${anchor.sequence}번까지예요.`, english));
  }
  return `${lines.join('\n')}\n`;
}

/** The first bad record: number, line, reason. */
export function brokenText({ sequence, line, reason }: Broken): string {
  const korean = `기록 ${sequence}번이 바뀌었어요. 파일을 그대로 두고 사본과 견줘 주세요. (${line}번째 줄: ${reason})`;
  return `${say(korean, `Record ${sequence} was changed: line ${line}, ${reason}`)}\n`;
}

/** The key in force, and those before it. */
export function keyText({ keys }: Signed): string {
  if (keys.length === 0) return `${say('이 기록에는 서명이 없어요.', 'This record is not signed.')}\n`;
  return keys
    .map(({ sequence, publicKey }) => `${publicKey}  ${say(`${sequence}번부터`, `from record ${sequence}`)}\n`)
    .join('');
}

/** What was copied, and how to check it without Snowball. */
export function exportText({ records, first, last }: Exported, file: string): string {
  if (records === 0) return `${say('그 사이에는 기록이 없어요.', 'There is no record in that range.')}\n`;
  const how = `node scripts/verify-journal.mjs ${file}`;
  const korean = `기록 ${records}개(${first}번부터 ${last}번까지)를 내보냈어요. 확인하기: ${how}`;
  return `${say(korean, `${records} records, ${first} to ${last}, copied. Check them with: ${how}`)}\n`;
}

/** That all is well, or each thing that is not. */
export function historyText(report: HistoryReport): string {
  const { orders, records, openOrders, violationCount, violations } = report;
  if (violationCount === 0) {
    const english = `${orders} orders in ${records} records: none sent twice, each ended once or under way (${openOrders}), all shares add up.`;
    const korean = `주문 ${orders}개, 기록 ${records}개를 확인했어요. 두 번 낸 주문이 없고, 모두 한 번씩 끝났거나 진행 중(${openOrders})이고, 주식 수가 맞아요.`;
    return `${say(korean, english)}\n`;
  }
  const lines = violations
    .slice(0, violationsShown)
    .map(({ invariant, sequence, subject, detail }) => `${invariant} #${sequence} ${subject}: ${detail}`);
  const english = `${violationCount} things in the record must not be:`;
  return `${[say(`있어서는 안 되는 일이 ${violationCount}건 있어요.`, english), ...lines].join('\n')}\n`;
}

import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { Command } from 'commander';
import { SnowballError } from '#domain/errors.ts';
import { haltFileOf } from '#link/halt-file.ts';
import type { StatusView } from '#link/views.ts';
import { withGateway } from '../house/gateway.ts';
import { modeFolder } from '../house/home.ts';
import { say } from '#link/language.ts';
import { printJson } from '../terminal/json.ts';

/** A gateway that has not answered by then is not waited for. */
const answerWithinMs = 2_500;

interface HaltOptions {
  readonly reason: string;
  readonly json?: boolean;
}

/**
 * `snowball halt`: new orders stop at once, open ones are cancelled, holdings stay. When the gateway does not answer, or
 * nothing runs, the file HALT does it: the watchdog and the next gateway look for it.
 */
export function haltCommand(): Command {
  return new Command('halt')
    .description(say('모든 주문을 멈추고 미체결을 취소해요.', 'Stop all ordering and cancel open orders.'))
    .option('--reason <text>', say('기록에 남길 이유', 'why, for the record'), 'by command line')
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(async ({ reason, json }: HaltOptions) => {
      const status = await haltedByGateway(reason);
      if (status === null) haltByFile(reason, json === true);
      else if (json) printJson(status);
      else process.stdout.write(`${sentenceOf(status)}\n`);
    });
}

/** Null when it does not answer. */
async function haltedByGateway(reason: string): Promise<StatusView | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), answerWithinMs)));
  const asked = withGateway((gateway) => gateway.call('halt', { reason })).catch((error: unknown) => {
    // Where nothing was ever started there is nothing to halt, and a reason that cannot be read is the person's to mend.
    const isOurs = error instanceof SnowballError && (error.code === 'link.params' || !existsSync(modeFolder('trial')));
    if (isOurs) throw error;
    // Whatever else keeps the gateway from halting, the file is the other way.
    return null;
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The file is made first and filled then: on a full disk an empty one halts as well. */
function haltByFile(reason: string, isJson: boolean): void {
  const file = haltFileOf(modeFolder('trial'));
  const descriptor = openSync(file, 'w', 0o600);
  try {
    writeSync(descriptor, `${reason}\n`);
  } catch {
    // A file without its reason says the same.
  } finally {
    closeSync(descriptor);
  }
  if (isJson) printJson({ haltFile: file });
  else {
    const korean = `게이트웨이가 답하지 않아서 멈춤 파일을 만들었어요: "${file}". 감시 장치가 미체결을 취소하고, 게이트웨이는 돌아오면 멈춰요.`;
    const english = `The gateway does not answer, so the file "${file}" was made: the watchdog cancels open orders, and the gateway halts when it is back.`;
    process.stdout.write(`${say(korean, english)}\n`);
  }
  process.exit(0);
}

function sentenceOf({ halted }: StatusView): string {
  const { openOrders, cancelled } = halted ?? { openOrders: 0, cancelled: 0 };
  const korean = `모든 주문을 멈췄어요. 미체결 ${openOrders}건 가운데 ${cancelled}건의 취소를 확인했어요. 가진 주식은 그대로예요.`;
  const english = `All ordering has stopped. ${cancelled} of ${openOrders} open orders are confirmed cancelled. Your shares are untouched.`;
  return say(korean, english);
}

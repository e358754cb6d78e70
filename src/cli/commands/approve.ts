import { Command } from 'commander';
import { withGateway, withGatewayAsAdmin } from '../house/gateway.ts';
import { say } from '#link/language.ts';
import { printJson } from '../terminal/json.ts';

/**
 * `snowball approve`: what the web asked for and waits for, in the gateway's own words; `snowball approve CODE` gives the
 * person's word on it, once and for five minutes. What the page shows is not believed: read the line here.
 */
export function approveCommand(): Command {
  return new Command('approve')
    .description(say('화면에서 한 요청을 터미널에서 확인해요.', 'Give your word on what the web asked for.'))
    .argument('[code]', say('확인 번호', 'the code of the request'))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(async (code: string | undefined, { json }: { readonly json?: boolean }) => {
      if (code === undefined) await list(json === true);
      else await approve(code, json === true);
    });
}

async function list(isJson: boolean): Promise<void> {
  const waiting = await withGateway((gateway) => gateway.call('approvals', {}));
  if (isJson) return printJson(waiting);
  if (waiting.length === 0) {
    process.stdout.write(`${say('기다리는 요청이 없어요.', 'Nothing waits for your word.')}\n`);
    return;
  }
  for (const { code, action, validMs } of waiting) {
    process.stdout.write(`${code}  ${action}  (${Math.ceil(validMs / 1_000)} s)\n`);
  }
  const korean = '내가 한 요청이 맞으면 "snowball approve 번호"를 입력해 주세요. 아니면 그대로 두면 돼요.';
  process.stdout.write(`${say(korean, 'If it was you: "snowball approve CODE". If not, leave it.')}\n`);
}

async function approve(code: string, isJson: boolean): Promise<void> {
  const waiting = await withGateway((gateway) => gateway.call('approvals', {}));
  // What lets more through asks for admin's word; of a code that nobody knows the gateway says so.
  const isAdmin = waiting.some((each) => each.code === code && each.by === 'admin');
  const ask = isAdmin ? withGatewayAsAdmin : withGateway;
  const approved = await ask((gateway) => gateway.call('approve', { code }));
  if (isJson) return printJson(approved);
  const korean = `확인했어요: ${approved.action}. 5분 안에 화면에서 다시 눌러 주세요.`;
  process.stdout.write(
    `${say(korean, `Approved: ${approved.action}. Press again on the page within five minutes.`)}\n`,
  );
}

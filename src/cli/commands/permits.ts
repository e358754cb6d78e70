import { Command } from 'commander';
import type { PermitsView } from '#link/limit-api.ts';
import { say } from '#link/language.ts';
import { withGateway, withGatewayAsAdmin } from '../house/gateway.ts';
import { printJson } from '../terminal/json.ts';

/** `snowball risk permits`: kinds of order that go out, and the person's word on those that the configuration adds. */
export function permitsCommand(): Command {
  return new Command('permits')
    .description(
      say(
        '내보내도 되는 주문 종류를 봐요. 설정에 더 적은 종류는 --grant로 허락하고 하루 뒤부터 나가요.',
        'Kinds of order that may go out; what the configuration adds waits a day after --grant.',
      ),
    )
    .option('--grant', say('설정에 적은 종류를 허락해요', 'grant what the configuration wishes'))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(async ({ grant = false, json = false }: { readonly grant?: boolean; readonly json?: boolean }) => {
      const view = grant
        ? await withGatewayAsAdmin((gateway) => gateway.call('grantPermits', {}))
        : await withGateway((gateway) => gateway.call('permits', {}));
      if (json) return printJson(view);
      process.stdout.write(`${lines(view).join('\n')}\n`);
    });
}

function lines({ inForce, wished, waiting }: PermitsView): readonly string[] {
  const shown = [
    `${say('지금', 'now')}  ${text(inForce)}`,
    ...(text(wished) === text(inForce) ? [] : [`${say('설정', 'configuration')}  ${text(wished)}`]),
  ];
  if (waiting === null) return shown;
  return [...shown, `${say('기다리는 중', 'waiting')}  ${text(waiting)}  ${waiting.effectiveAt}`];
}

function text({ types, sessions, venues }: PermitsView['inForce']): string {
  return [types, sessions, venues].map((each) => each.toSorted().join(',')).join(' · ');
}

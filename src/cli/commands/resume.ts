import { Command } from 'commander';
import { seoulTime } from '#domain/trading-date.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { Result } from '#link/api.ts';
import { withGateway } from '../gateway.ts';
import { say } from '#link/language.ts';
import { printJson } from '../terminal/json.ts';

type Prepared = Result<GatewayApi, 'prepareResume'>;

interface ResumeOptions {
  readonly confirm?: string;
  readonly json?: boolean;
}

/**
 * `snowball resume`: shows why ordering stopped and a code; `snowball resume --confirm CODE` within 60 seconds lets
 * orders through again. Two steps, and only a person takes them.
 */
export function resumeCommand(): Command {
  return new Command('resume')
    .description(say('멈춘 매매를 두 단계로 다시 켜요.', 'Allow ordering again after a halt, in two steps.'))
    .option('--confirm <code>', say('앞서 받은 확인 번호', 'the code that the first step gave'))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(async ({ confirm, json }: ResumeOptions) => {
      if (confirm === undefined) {
        const prepared = await withGateway((gateway) => gateway.call('prepareResume', {}));
        if (json) printJson(prepared);
        else process.stdout.write(`${lines(prepared).join('\n')}\n`);
        return;
      }
      const status = await withGateway((gateway) => gateway.call('resume', { code: confirm }));
      if (json) printJson(status);
      else process.stdout.write(`${say('매매를 다시 켰어요.', 'Ordering is on again.')}\n`);
    });
}

function lines({ code, validMs, since, by, reason, incidents }: Prepared): readonly string[] {
  const seconds = validMs / 1_000;
  const command = `snowball resume --confirm ${code}`;
  return [
    say(
      `${timeOf(since)}부터 멈춰 있어요(${by}): ${reason}`,
      `Ordering has been stopped since ${timeOf(since)} (${by}): ${reason}`,
    ),
    ...incidents.map((incident) => `  ${timeOf(incident.at)} ${incident.code}: ${incident.detail}`),
    say(
      `확인했고 다시 켜려면 ${seconds}초 안에 입력해 주세요: ${command}`,
      `If you have seen this and want to go on, repeat the code within ${seconds} s: ${command}`,
    ),
  ];
}

function timeOf(instant: string): string {
  return seoulTime(Temporal.Instant.from(instant)).toString({ smallestUnit: 'second' });
}

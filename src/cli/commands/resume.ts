import { Command } from 'commander';
import { FixConfiguration } from '#domain/errors.ts';
import { seoulTime } from '#domain/trading-date.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { Result } from '#link/api.ts';
import { withGateway, withGatewayAsAdmin } from '../house/gateway.ts';
import { chosenEnvironment, modeFolder } from '../house/home.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { printJson } from '../terminal/json.ts';
import { runVault } from './vault.ts';

type Prepared = Result<GatewayApi, 'prepareResume'>;

interface ResumeOptions {
  readonly confirm?: string;
  readonly admin?: boolean;
  readonly json?: boolean;
}

/**
 * `snowball resume`: shows why ordering stopped and a code; `snowball resume --confirm CODE` within 60 seconds asks for the
 * passphrase of the vault and lets orders through again. Two steps, and neither has all that the other needs: the first a
 * capability, the second what a person knows. Where a key file opened the vault, `--admin` gives the word of admin instead.
 */
export function resumeCommand(): Command {
  return new Command('resume')
    .description(say('멈춘 매매를 두 단계로 다시 켜요.', 'Allow ordering again after a halt, in two steps.'))
    .option('--confirm <code>', say('앞서 받은 확인 번호', 'the code that the first step gave'))
    .option('--admin', say('열쇠 파일로 켠 기계에서 관리자로 확인', "with a key file's vault: admin's word instead"))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(async ({ confirm, admin, json }: ResumeOptions) => {
      if (confirm === undefined) {
        const prepared = await withGateway((gateway) => gateway.call('prepareResume', {}));
        if (json) printJson(prepared);
        else process.stdout.write(`${lines(prepared).join('\n')}\n`);
        return;
      }
      if (admin !== true && !(await isProven(confirm))) return;
      const ask = admin ? withGatewayAsAdmin : withGateway;
      const status = await ask((gateway) => gateway.call('resume', { code: confirm }));
      if (json) printJson(status);
      else process.stdout.write(`${say('매매를 다시 켰어요.', 'Ordering is on again.')}\n`);
    });
}

/** Asked in the gateway's own room, which says itself what is wrong; what is typed never comes by here. */
async function isProven(code: string): Promise<boolean> {
  if (!/^\d{6}$/.test(code)) throw wrongCode();
  const environment = chosenEnvironment();
  const shared = { environment, language: terminalLanguage(), isJson: false, withRecovery: false } as const;
  const exitCode = await runVault({ ...shared, home: modeFolder(environment), task: { kind: 'resume', code } });
  process.exitCode = exitCode;
  return exitCode === 0;
}

function wrongCode(): FixConfiguration {
  const english = 'Cannot resume with this code: wanted the six digits that "snowball resume" showed';
  return new FixConfiguration('gateway.resume-code', english);
}

function lines({ code, validMs, since, by, reason, incidents, second }: Prepared): readonly string[] {
  const seconds = validMs / 1_000;
  const command = `snowball resume --confirm ${code}${second === 'admin' ? ' --admin' : ''}`;
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

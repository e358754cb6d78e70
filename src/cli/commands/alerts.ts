import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import { SnowballError } from '#domain/errors.ts';
import { seoul } from '#domain/trading-date.ts';
import type { AlertView } from '#link/alert-api.ts';
import { alertCode } from '#link/alert-codes.ts';
import type { Result } from '#link/api.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import { homeLayout } from '#link/home-layout.ts';
import { say } from '#link/language.ts';
import { withGateway } from '../house/gateway.ts';
import { chosenEnvironment, modeFolder } from '../house/home.ts';
import { printJson } from '../terminal/json.ts';

type Alerts = Result<GatewayApi, 'alerts'>;

interface Options {
  readonly json?: boolean;
}

/** A channel that hangs is given up after four seconds; the test waits a little longer than that. */
const testPatienceMs = 8_000;
const lookEveryMs = 200;
const linesOfFile = 20;

/** `snowball alerts [list]`, `acknowledge ID`, `test`: what was told, that it was seen, and whether it would arrive. */
export function alertsCommand(): Command {
  const alerts = new Command('alerts').description(say('알림을 보고 확인해요.', 'See and acknowledge alerts.'));
  alerts
    .command('list', { isDefault: true })
    .description(say('알림과 보낸 결과를 보여 줘요.', 'Alerts, and what became of them.'))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(list);
  alerts
    .command('acknowledge')
    .alias('ack')
    .description(say('긴급 알림을 읽었다고 확인해요.', 'Say that you have seen a critical alert.'))
    .argument('<id>', say('알림 번호', 'the id in the message'))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(acknowledge);
  alerts
    .command('test')
    .description(say('모든 길로 시험 알림을 보내요.', 'Send one through every channel, and see what each answered.'))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(test);
  return alerts;
}

async function list({ json }: Options): Promise<void> {
  const found = await withGateway((gateway) => gateway.call('alerts', {})).catch(fromFile);
  if (typeof found === 'string') {
    process.stdout.write(found);
    return;
  }
  if (json === true) return printJson(found);
  const lines = found.alerts.map(lineOf);
  if (lines.length === 0) lines.push(say('알림이 없어요.', 'There are no alerts.'));
  const channels = found.channels.map(({ name, state }) => (state === 'up' ? name : `${name} ✗`)).join(', ');
  lines.push(say(`보내는 길: ${channels || '없음'}`, `Channels: ${channels || 'none'}`));
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function acknowledge(id: string, { json }: Options): Promise<void> {
  const { open } = await withGateway(async (gateway) => {
    await gateway.call('acknowledgeAlert', { id });
    return gateway.call('alerts', {});
  });
  if (json === true) return printJson({ id, open });
  const left = open === 0 ? '' : say(` 확인할 알림이 ${open}개 남았어요.`, ` ${open} are left.`);
  process.stdout.write(`${say('확인했어요.', 'Acknowledged.')}${left}\n`);
}

/** Exit code 1 when a channel did not take it. */
async function test({ json }: Options): Promise<void> {
  const { channels, deliveries } = await withGateway(async (gateway) => {
    const { id } = await gateway.call('testAlerts', {});
    const until = performance.now() + testPatienceMs;
    for (;;) {
      const found = await gateway.call('alerts', {});
      const told = deliveriesOf(found, id);
      const isWhole = found.channels.length > 0 && told.length >= found.channels.length;
      if (isWhole || performance.now() > until) return { channels: found.channels, deliveries: told };
      await pause(lookEveryMs);
    }
  });
  const answers = channels.map(({ name }) => {
    const delivery = deliveries.find(({ channel }) => channel === name);
    return { channel: name, outcome: delivery?.outcome ?? 'no-answer', detail: delivery?.detail ?? '' };
  });
  if (answers.length === 0 || answers.some(({ outcome }) => outcome !== 'delivered')) process.exitCode = 1;
  if (json === true) return printJson(answers);
  if (answers.length === 0) {
    process.stdout.write(`${say('안전 감시가 답하지 않아요.', 'The watchdog does not answer.')}\n`);
    return;
  }
  for (const { channel, outcome, detail } of answers) {
    process.stdout.write(`${outcome === 'delivered' ? '✓' : '✗'} ${channel}: ${outcomeText(outcome)} ${detail}\n`);
  }
}

function deliveriesOf({ alerts }: Alerts, id: string): AlertView['deliveries'] {
  return alerts.find((alert) => alert.id === id)?.deliveries ?? [];
}

function outcomeText(outcome: string): string {
  if (outcome === 'delivered') return say('보냈어요.', 'delivered.');
  return outcome === 'failed' ? say('보내지 못했어요.', 'not delivered.') : say('답이 없어요.', 'no answer.');
}

function lineOf(alert: AlertView): string {
  const row = alertCode(alert.code);
  const time = Temporal.Instant.from(alert.at).toZonedDateTimeISO(seoul).toPlainDateTime();
  const mark = row.class === 'critical' ? (alert.acknowledged === null ? '!' : '✓') : ' ';
  const times = alert.times === 1 ? '' : ` ×${alert.times}`;
  const ways = alert.deliveries.map(({ channel, outcome }) => `${channel} ${outcome === 'delivered' ? '✓' : '✗'}`);
  const when = time.toString({ smallestUnit: 'second' }).replace('T', ' ');
  const head = alert.line === null ? '' : `\n    ${alert.line}`;
  return `${mark} ${alert.id}  ${when}  ${say(row.ko, row.en)}${times}  ${ways.join(' ')}${head}`.trimEnd();
}

/** Without a gateway, what the watchdog wrote into its file: this is when a person looks. */
function fromFile(error: unknown): string {
  const file = join(homeLayout(modeFolder(chosenEnvironment())).watch, 'alerts.jsonl');
  const isDown = error instanceof SnowballError && (error.code === 'cli.not-running' || error.code.startsWith('link.'));
  if (!isDown || !existsSync(file)) throw error;
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-linesOfFile);
  const header = say(
    '게이트웨이가 답하지 않아요. 파일에 남은 알림이에요.',
    'The gateway does not answer; from the file:',
  );
  return `${[header, ...lines.map(textOf)].join('\n')}\n`;
}

function textOf(line: string): string {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && 'text' in value) return String(value.text);
  } catch {
    // A line that a power cut left unfinished is shown as it stands.
  }
  return line;
}

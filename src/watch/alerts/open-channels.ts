import { join } from 'node:path';
import { SnowballError } from '#domain/errors.ts';
import { homeLayout } from '#link/home-layout.ts';
import { terminalLanguage, type Language } from '#link/language.ts';
import { readAlertConfig, type AlertConfig } from './alert-config.ts';
import type { Channel } from './alert.ts';
import { fileChannel } from './file-channel.ts';
import { readWebhookAddress } from './webhook-address.ts';
import { webhookChannel } from './webhook-channel.ts';

export interface OpenChannelsOptions {
  readonly home: string;
  /** `snowball.yaml`; null where nobody said which. */
  readonly config: string | null;
  /** For tests alone. */
  readonly mayBeLoopback: boolean;
  /** A way that cannot be used is said and left out: the others must not wait for it, nor the watchdog. */
  readonly onFault: (sentence: string) => void;
}

/** Every way to the person: the file in the home always, the rest as configured. */
export async function openChannels(
  options: OpenChannelsOptions,
): Promise<{ readonly channels: readonly Channel[]; readonly language: Language }> {
  const { watch } = homeLayout(options.home);
  const config = await configOf(options);
  const channels: Channel[] = [fileChannel(join(watch, 'alerts.jsonl'))];
  for (const { name, kind, host, from } of config.channels) {
    try {
      const address = await readWebhookAddress({
        name,
        kind,
        host,
        folder: join(watch, 'channels'),
        credentials: process.env['CREDENTIALS_DIRECTORY'],
        mayBeLoopback: options.mayBeLoopback,
      });
      channels.push(webhookChannel({ name, kind, from, address }));
    } catch (error) {
      options.onFault(sentenceOf(error));
    }
  }
  return { channels, language: config.language ?? terminalLanguage() };
}

async function configOf({ config, onFault }: OpenChannelsOptions): Promise<AlertConfig> {
  try {
    return await readAlertConfig(config);
  } catch (error) {
    onFault(sentenceOf(error));
    return { language: null, channels: [] };
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof SnowballError) return `${error.message} [${error.code}]`;
  throw error;
}

import { alertCode } from '#link/alert-codes.ts';
import { rankOf, type Alert } from './alert.ts';

/** Whose shape of request it is. `json` is ours, for a receiver of one's own. */
export type WebhookKind = 'json' | 'telegram' | 'discord' | 'slack' | 'ntfy';

export interface WebhookBody {
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Longest text that the shortest of them takes: Discord's 2,000 characters. */
const textMax = 1_900;

/**
 * What is sent, in the shape that each service documents: Telegram Bot API `sendMessage`, Discord's execute webhook
 * (`content`), Slack's incoming webhook (`text`), ntfy's publish (plain body, header `Priority` 1 to 5).
 *
 * @param chat Telegram's `chat_id`; nobody else's
 */
export function webhookBody(kind: WebhookKind, alert: Alert, text: string, chat: string | null): WebhookBody {
  const said = text.slice(0, textMax);
  switch (kind) {
    case 'telegram':
      return json({ chat_id: chat ?? '', text: said });
    case 'discord':
      // Whatever stands in a message, nobody else is called by it.
      return json({ content: said, allowed_mentions: { parse: [] } });
    case 'slack':
      return json({ text: said });
    case 'ntfy':
      return {
        contentType: 'text/plain; charset=utf-8',
        headers: { priority: String(3 + rankOf(alert.code)) },
        body: said,
      };
    default:
      return json(ours(alert, said));
  }
}

function ours({ id, code, at, line }: Alert, text: string): object {
  return { id, class: alertCode(code).class, code, at, line, text };
}

function json(content: object): WebhookBody {
  return { contentType: 'application/json', headers: {}, body: JSON.stringify(content) };
}

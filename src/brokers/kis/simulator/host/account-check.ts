import { fieldReply, type Reply } from './envelope.ts';
import type { Broker, Call } from './route.ts';

/** OPSQ2000 when `CANO` and `ACNT_PRDT_CD` are not the account of the caller's app key; null when they are. */
export function wrongAccount(call: Call, broker: Broker): Reply | null {
  const account = call.field('CANO') + call.field('ACNT_PRDT_CD');
  return account === broker.credentials[call.environment].account ? null : fieldReply('ACNO', 'OPSQ2000');
}

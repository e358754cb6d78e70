import type { BrokerEnvironment } from '#domain/environment.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { invariant } from '#domain/invariant.ts';

import type { KisEndpoint } from '../endpoints/endpoint.ts';

/**
 * The TR id of an operation in an environment. Account and order TRs begin with T or C on the real host and with V on
 * paper; quotes begin with F or H on both. A table entry that says otherwise must never reach the wire.
 *
 * @throws {FixConfiguration} `kis.not-on-paper`
 */
export function trIdOf(endpoint: KisEndpoint, environment: BrokerEnvironment): string {
  const trId = environment === 'real' ? endpoint.real : endpoint.paper;
  if (trId === null) {
    throw new FixConfiguration(
      'kis.not-on-paper',
      `Cannot call "${endpoint.path}" on paper: KIS offers it on real only`,
    );
  }
  const wanted = environment === 'real' ? /^(?:[TCFH]|$)/ : /^(?:[VFH]|$)/;
  invariant(wanted.test(trId), `TR "${trId}" does not belong to ${environment}`);
  return trId;
}

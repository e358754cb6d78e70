import { RetryLater } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import type { Vault } from '#vault/vault.ts';
import type { ConnectedBroker } from './connect-broker.ts';
import { openOrders } from '../desk/order-questions.ts';
import type { Gateway } from '../gateway.ts';
import { KeyRotation, type KeyRotationOptions } from './key-rotation.ts';
import type { VaultDoorOptions } from './vault-door.ts';

export interface StartRotationOptions extends Pick<KeyRotationOptions, 'graceMs' | 'wallNow' | 'onStep' | 'onFault'> {
  readonly gateway: Gateway;
  readonly vault: Vault;
  readonly connected: ConnectedBroker;
}

/** The rotation of a gateway that runs: what it may do is asked of the gateway, what it did is in the gateway's journal. */
export function startRotation({ gateway, vault, connected, ...rest }: StartRotationOptions): KeyRotation {
  const { owner, rotating, connect, door, broker } = connected;
  const { recorder } = gateway;
  const rotation = new KeyRotation({
    ...rest,
    vault,
    owner,
    rotating,
    connect,
    isInSession: () => door.isOpen,
    isHalted: () => gateway.state.halted !== null,
    openOrders: () => openOrders(gateway.state).length,
    halt: (reason) => recorder.record({ kind: 'halt', by: 'key rotation', reason }),
    incident: (code, detail) => recorder.record({ kind: 'incident', code, detail }),
    saved: () => recorder.record({ kind: 'vault-seen', id: vault.id, generation: vault.generation }),
    switched: () => {
      void broker.reopenStreams();
      gateway.pump.ask();
    },
    elapsedMs: () => gateway.clock.elapsedMs(),
  });
  rotation.start();
  return rotation;
}

/** The rotation as the vault's door asks for it. @throws {RetryLater} `gateway.rotation-busy` before the start is done */
export function rotateAtDoor(
  current: () => { gateway: Gateway; rotation: KeyRotation } | null,
): VaultDoorOptions['rotate'] {
  return async ({ shape, values }) => {
    const running = current();
    if (running === null) {
      throw new RetryLater(
        'gateway.rotation-busy',
        'Cannot change the key now: the gateway is starting, wanted it ready',
      );
    }
    const given = values.map(({ type, value }) => ({ type, value: new Secret(value) }));
    const { generation, graceMs } = await running.rotation.rotate(given, shape);
    return { generation, graceMs, isHalted: running.gateway.state.halted !== null };
  };
}

import type { Broker } from './broker.ts';

/** All of a broker that a process needs which may only withdraw: what is there, and take it back. It cannot name an order. */
export type CancelBroker = Pick<Broker, 'orders' | 'cancel' | 'close'>;

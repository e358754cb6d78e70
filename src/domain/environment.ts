/** `trial` speaks to the testbed on loopback with a virtual clock; `paper` to a broker's paper host; `real` to real money. */
export type Environment = 'trial' | 'paper' | 'real';

/** The two worlds a broker knows; trial speaks to the simulator's paper host. */
export type BrokerEnvironment = 'paper' | 'real';

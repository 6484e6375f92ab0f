// The same order with JPA at the user's database: what the program changes of an entity is written
// only when the JPA manager commits. Data, properties, faults and words are in scenarios.yaml.

import { failing, finding, type Service, type States } from '../sim/index.ts';
import {
  type CHAINS,
  chainedHandler,
  chainedServices,
  type Order,
  ordering,
} from './chained-words.ts';

const charging: States = {
  'finding-customer': finding<Order>(
    {
      database: 'user',
      table: 'customer',
      key: ({ memory }) => memory.customerId,
      version: ({ parameters }) => (parameters['versioned'] === 1 ? 'version' : null),
    },
    [
      { target: 'refusing-no-row', test: (row) => row === undefined },
      {
        target: 'ordering',
        change: ({ deposit }, { memory }) => ({ deposit: Number(deposit) - memory.amount }),
      },
    ],
  ),
  'refusing-no-row': failing('NullPointerException', 'there is no such customer'),
};

const createOrder = (chain: keyof typeof CHAINS) =>
  chainedHandler(chain, 'jpa', 'finding-customer', { ...charging, ...ordering });

export const chainedJpaServices = (): readonly Service[] => chainedServices(createOrder);

// Two databases by JDBC, their transactions chained: money is taken in one, the order is written to
// the other. Data, properties, named faults and words are in scenarios.yaml.

import { fork, type Service, type States, step } from '../sim/index.ts';
import {
  type CHAINS,
  chainedHandler,
  chainedServices,
  type Found,
  type Order,
  ordering,
  when,
} from './chained-words.ts';

const depositRead = ({ result }: Found): number => Number(result.rows?.[0]?.['deposit']);

// `deposit = deposit - ?`, or what the program has worked out from what it read.
const charging: States = {
  'choosing-write': fork([
    when('reading', ({ parameters }) => parameters['write'] === 'absolute'),
    'charging',
  ]),
  charging: step<Order, 'sql'>(
    'sql',
    ({ memory: { customerId, amount } }) => ({
      database: 'user',
      sql: 'UPDATE customer SET deposit = deposit - :amount WHERE id = :customerId',
      params: { customerId, amount },
    }),
    'ordering',
  ),
  reading: step<Order, 'sql'>(
    'sql',
    ({ memory: { customerId } }) => ({
      database: 'user',
      sql: 'SELECT deposit FROM customer WHERE id = :customerId',
      params: { customerId },
    }),
    [when('refusing-no-row', ({ result }) => result.rows?.length === 0), 'writing-back'],
  ),
  'writing-back': step<Order, 'sql'>(
    'sql',
    (found) => ({
      database: 'user',
      sql: 'UPDATE customer SET deposit = :deposit WHERE id = :customerId',
      params: {
        deposit: depositRead(found) - found.memory.amount,
        customerId: found.memory.customerId,
      },
    }),
    'ordering',
  ),
  'refusing-no-row': step<Order, 'throw'>(
    'throw',
    { error: { code: 'EmptyResultDataAccessException', definite: true } },
    [],
  ),
};

const createOrder = (chain: keyof typeof CHAINS) =>
  chainedHandler(chain, 'jdbc', 'choosing-write', { ...charging, ...ordering });

export const chainedJdbcServices = (): readonly Service[] => chainedServices(createOrder);

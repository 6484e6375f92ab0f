import { expect, it } from 'vitest';
import { evict, instancesOf, register, renew } from '../../../src/sim/network/index.ts';

const terms = { login: 'eureka:secret', leaseMs: 90 };
const order1 = { service: 'order', instance: 'order-1', login: 'eureka:secret' };

it('gives a lease to who knows the password, and to nobody else', () => {
  expect(register(order1, terms, 10)).toEqual({ 'order-1': { service: 'order', untilMs: 100 } });
  expect(register({ ...order1, login: 'eureka:guess' }, terms, 10)).toBeNull();
});

it('renews what is there, also when the lease has expired, and nothing else', () => {
  const leases = { 'order-1': { service: 'order', untilMs: 100 }, 'order-2': null };
  const renewed = { 'order-1': { service: 'order', untilMs: 240 } };
  expect(renew(leases, 'order-1', 90, 150)).toEqual(renewed);
  expect(renew(leases, 'order-2', 90, 150)).toBeNull();
  expect(renew(leases, 'order-3', 90, 150)).toBeNull();
});

it('takes out an expired lease, once, and leaves one that ends at this moment', () => {
  const leases = {
    'order-1': { service: 'order', untilMs: 100 },
    'order-2': { service: 'order', untilMs: 101 },
    'user-1': null,
  };
  expect(evict(leases, 100)).toEqual({});
  expect(evict(leases, 101)).toEqual({ 'order-1': null });
  expect(evict({ ...leases, 'order-1': null }, 101)).toEqual({});
});

it('lists instances by service in the order of their names, without those taken out', () => {
  const order = { service: 'order', untilMs: 0 };
  const leases = { 'order-2': order, user: { service: 'user', untilMs: 5 }, 'order-1': order };
  expect(instancesOf(leases)).toEqual({ order: ['order-1', 'order-2'], user: ['user'] });
  expect(instancesOf({ 'order-1': order, 'order-2': null })).toEqual({ order: ['order-1'] });
  expect(instancesOf({})).toEqual({});
});

// What Spring makes of a failure: the exception that leaves a transactional method.

import type { Failure } from '../kernel/effect.ts';

/** Exceptions by the code of a failure; what is not listed stays what it is. */
export type Exceptions = Readonly<Record<string, string>>;

// Spring's DataAccessException hierarchy, as its translators fill it for MySQL.
const TRANSLATED: Exceptions = {
  deadlock: 'DeadlockLoserDataAccessException',
  'record-changed': 'CannotAcquireLockException',
  'lock-wait-timeout': 'CannotAcquireLockException',
  'duplicate-key': 'DuplicateKeyException',
  'foreign-key': 'DataIntegrityViolationException',
  'row-referenced': 'DataIntegrityViolationException',
  'not-null': 'DataIntegrityViolationException',
  check: 'DataIntegrityViolationException',
  // Connector/J refuses it itself, with SQL state S1009.
  'read-only-transaction': 'TransientDataAccessResourceException',
  'transaction-timed-out': 'TransactionTimedOutException',
  'connection-lost': 'DataAccessResourceFailureException',
  'reply-lost': 'DataAccessResourceFailureException',
  'database-down': 'CannotGetJdbcConnectionException',
  'broker-down': 'UncategorizedJmsException',
  'injected-error': 'RuntimeException',
};

/** As measured with JdbcTemplate of Spring 4.3 over MariaDB's driver: by SQL state alone. */
export const JDBC: Exceptions = {
  ...TRANSLATED,
  deadlock: 'ConcurrencyFailureException',
  'lock-wait-timeout': 'UncategorizedSQLException',
};

/** As measured with Hibernate: what it does not know of is a JpaSystemException. */
export const JPA: Exceptions = {
  ...TRANSLATED,
  deadlock: 'JpaSystemException',
  'record-changed': 'JpaSystemException',
  'lock-wait-timeout': 'JpaSystemException',
  'read-only-transaction': 'JpaSystemException',
  'transaction-timed-out': 'JpaSystemException',
  'connection-lost': 'JpaSystemException',
  'reply-lost': 'JpaSystemException',
  'database-down': 'JpaSystemException',
};

/** As measured with JmsTemplate of Spring 4.3 over ActiveMQ. */
export const JMS: Exceptions = {
  'connection-lost': 'IllegalStateException',
  'reply-lost': 'UncategorizedJmsException',
  'broker-down': 'UncategorizedJmsException',
  'injected-error': 'RuntimeException',
};

/** The exception that a failed statement throws; an exception stays what it is. */
export function translated(failure: Failure, exceptions: Exceptions = TRANSLATED): Failure {
  return { ...failure, code: exceptions[failure.code] ?? failure.code };
}

/** An exception of the transaction manager's own, because of a failure or by itself. */
export function managerException(code: string, because?: Failure | null, detail?: string): Failure {
  return { code, definite: because?.definite ?? true, ...(detail !== undefined && { detail }) };
}

/** Of a failure nobody has named. */
export const UNKNOWN = managerException('RuntimeException');

export const UNEXPECTED_ROLLBACK = managerException(
  'UnexpectedRollbackException',
  null,
  'Transaction rolled back because it has been marked as rollback-only',
);

export const NO_SAVEPOINT = managerException(
  'CannotCreateTransactionException',
  null,
  'Cannot create savepoint for transaction which is already marked as rollback-only',
);

/** Why a propagation is refused, by whether there is a transaction. */
export function refusal(inTransaction: boolean): Failure {
  const detail = inTransaction
    ? "Existing transaction found for transaction marked with propagation 'never'"
    : "No existing transaction found for transaction marked with propagation 'mandatory'";
  return managerException('IllegalTransactionStateException', null, detail);
}

// What Spring makes of a failure: the exception that leaves a transactional method.

import type { Failure } from '../kernel/effect.ts';

// Spring's DataAccessException hierarchy, as its translators fill it for MySQL.
const TRANSLATED: Readonly<Record<string, string>> = {
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
  'injected-error': 'RuntimeException',
};

/** The exception that a failed statement throws; an exception stays what it is. */
export function translated(failure: Failure): Failure {
  return { ...failure, code: TRANSLATED[failure.code] ?? failure.code };
}

/** An exception of the transaction manager's own, because of a failure or by itself. */
export function managerException(code: string, because?: Failure | null, detail?: string): Failure {
  return { code, definite: because?.definite ?? true, ...(detail !== undefined && { detail }) };
}

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

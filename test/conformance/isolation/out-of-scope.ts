// What the simulation does not do as the recorded server did, case by case, and why. Nothing else
// is left out.

const FIXED_TABLES =
  'tables are created when a scenario is loaded: there is no DDL while transactions run';

/** Whole cases that are not played, by id. */
export const OUT_OF_SCOPE: Readonly<Record<string, string>> = {
  't-ddl-commits/RR': FIXED_TABLES,
  't-ddl-waits/RR': FIXED_TABLES,
  'g-in-list/RR':
    "MariaDB's optimizer scans the covering index n_u here; SQLite's planner searches the primary key",
};

/** Cases that agree in every result, of which the lock table differs at some step. */
export const OTHER_LOCKS: Readonly<Record<string, string>> = {
  'g-in-list/RC':
    "MariaDB's optimizer scans the covering index n_u here; SQLite's planner searches the primary key",
  'shop-first-free-ticket/RC': 'the same locks, in one structure instead of two',
  'shop-first-free-ticket/RR': 'the same locks, in one structure instead of two',
  'x-crash-prepared/RR': 'the recorder missed the lock that T3 was given at step 10',
};

// Parents and children, and connections to them, for the tests of keys and of replaced rows.

import { Connection, Database } from '../../../src/sim/index.ts';

const DDL = `
  CREATE TABLE parent (id INTEGER PRIMARY KEY, v INT);
  CREATE TABLE child (
    id INTEGER PRIMARY KEY, parent_id INT REFERENCES parent (id) ACTION, v INT DEFAULT 0);
`;

/** A family whose foreign key says what becomes of the children. */
export function openFamily(action: string) {
  const rows = {
    parent: [1, 2].map((id) => ({ id, v: 0 })),
    child: [11, 12, 21].map((id) => ({ id, parent_id: Math.floor(id / 10) })),
  };
  return openTables(DDL.replace('ACTION', action), rows);
}

/** A database of a test's own with three connections; `rows` gives a table as plain lists. */
export function openTables(
  ddl: string,
  rows: Readonly<Record<string, readonly Readonly<Record<string, number | string | null>>[]>>,
) {
  const db = new Database('family', { ddl, rows });
  const [a, b, c] = [new Connection(db), new Connection(db), new Connection(db)] as const;
  return {
    db,
    a,
    b,
    c,
    rows: (table: string) => db.committedRows(table).map((row) => Object.values(row)),
    /** What a connection reads of a table now. */
    read: (connection: Connection, table: string) => {
      const reply = connection.execute(`SELECT * FROM ${table}`);
      return reply.type === 'rows' ? reply.rows.map((row) => Object.values(row)) : reply;
    },
  };
}

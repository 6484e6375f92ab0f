// A sold ticket has an owner and no lock any more, so a lock must ask for both: that nobody has
// locked the ticket, and that nobody owns it, not even the customer who orders.

import { bestEffortListener, send, sql, when } from 'indoubt/words';

const lockTicket = bestEffortListener('ticket.new', {
  first: 'locking',
  states: {
    // Check and lock are one statement, so nobody comes in between.
    locking: sql(
      `UPDATE ticket SET lock_user = :customerId
        WHERE lock_user IS NULL AND owner IS NULL AND ticket_num = :ticketNum`,
      ({ memory: { customerId, ticketNum } }) => ({ customerId, ticketNum }),
      [when('sending-fail', ({ result }) => result.affected === 0), 'sending-locked'],
    ),
    'sending-locked': send('order:locked', () => ({ status: 'TICKET_LOCKED' })),
    'sending-fail': send('order:fail', () => ({ status: 'TICKET_LOCK_FAIL' })),
  },
});

export const handlers = { 'ticket.new': lockTicket };

// The ticket service locks the ticket for whoever orders it. As it stands, a ticket that has been
// sold can be ordered, paid for and handed over once more. Mend it: a ticket is sold once.

import { bestEffortListener, send, sql, when } from 'indoubt/words';

const lockTicket = bestEffortListener('ticket.new', {
  first: 'locking',
  states: {
    // Check and lock are one statement, so nobody comes in between.
    locking: sql(
      `UPDATE ticket SET lock_user = :customerId
        WHERE lock_user IS NULL AND ticket_num = :ticketNum`,
      ({ memory: { customerId, ticketNum } }) => ({ customerId, ticketNum }),
      [when('sending-fail', ({ result }) => result.affected === 0), 'sending-locked'],
    ),
    'sending-locked': send('order:locked', () => ({ status: 'TICKET_LOCKED' })),
    'sending-fail': send('order:fail', () => ({ status: 'TICKET_LOCK_FAIL' })),
  },
});

export const handlers = { 'ticket.new': lockTicket };

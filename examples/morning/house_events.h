/* An event of the trading house before it is written; for house_events.c and house_sales.c alone. */
#ifndef MORNING_HOUSE_EVENTS_H
#define MORNING_HOUSE_EVENTS_H

#include "house_parts.h"

/* As the trade system of the house exports them: what is overdue there is a planned event. */
typedef enum house_state { PLANNED, OVERDUE, RESCHEDULED, POSTPONED, HELD, CANCELLED } house_state;

typedef struct house_event {
  int client, kind; /* 0 call, 1 meeting, 2 presentation, 3 offer, 4 sale */
  house_state state;
  long day, until; /* until: of a postponed one, 0 none */
  int minute, duration;
  int executor, setter, contact, priority, outcome, text, order;
} house_event;

/* Products of offers and sales, the shipments of the sales and the payments for them. `events` in the order of their numbers. */
int house_write_sales(trading_house* house, const house_event* events);
int house_write_documents(trading_house* house, const house_event* events);

#endif

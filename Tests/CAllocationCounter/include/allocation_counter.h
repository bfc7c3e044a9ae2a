#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

// The allocations that the calling thread has made.
long allocation_counter_value(void);

#endif

package io.vestibule.local.chaos;

import java.util.Locale;

/**
 * One function dies once, at one of its calls.
 *
 * @param number of the call among those that the function makes, from 1
 * @param call which one that is
 * @param moment just before AWS hears of it, or just after AWS has carried it out
 * @param since the number of the call after which the same invocation changed nothing until now: to
 *     die after that one leaves the same behind as to die before this one; 0 if there is none, or
 *     if something else went on meanwhile
 */
record DeathAt(int number, Call call, Moment moment, int since) {

  enum Moment {
    BEFORE,
    AFTER
  }

  @Override
  public String toString() {
    return "%s dies %s its call %d, %s"
        .formatted(
            call.function(), moment.name().toLowerCase(Locale.ROOT), number, call.operation());
  }
}

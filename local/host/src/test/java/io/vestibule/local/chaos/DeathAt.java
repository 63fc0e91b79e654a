package io.vestibule.local.chaos;

import java.util.Locale;

/**
 * One function dies once, at one of its calls.
 *
 * @param number of the call among those that the function makes, from 1
 * @param call which one that is
 * @param moment just before AWS hears of it, or just after AWS has carried it out
 */
record DeathAt(int number, Call call, Moment moment) {

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

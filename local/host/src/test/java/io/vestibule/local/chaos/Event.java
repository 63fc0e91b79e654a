package io.vestibule.local.chaos;

import java.util.List;

/** What may happen next, the likely things more often. */
enum Event {
  SUBMIT,
  DELIVER,
  REPEAT,
  PRESS,
  PRESS_AT_THE_END,
  ASK_FOR_A_NEW_LINK,
  EXPIRE,
  ROTATE,
  WAIT;

  static final List<Event> URN =
      List.of(
          SUBMIT,
          SUBMIT,
          DELIVER,
          DELIVER,
          DELIVER,
          DELIVER,
          REPEAT,
          PRESS,
          PRESS,
          PRESS,
          PRESS_AT_THE_END,
          ASK_FOR_A_NEW_LINK,
          EXPIRE,
          ROTATE,
          WAIT);
}

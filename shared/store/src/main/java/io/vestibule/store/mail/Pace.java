package io.vestibule.store.mail;

/** How fast mails go out, as far as bounces and complaints decide it; the slowest last. */
public enum Pace {
  /** As budgets and caps allow. */
  FULL,
  /** A tenth of its form's budget. */
  SLOW,
  /** None does. */
  STOPPED
}

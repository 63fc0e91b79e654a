package io.vestibule.backup;

/** When to stop, with time left to write down how far it went. */
@FunctionalInterface
interface Deadline {

  boolean isOver();
}

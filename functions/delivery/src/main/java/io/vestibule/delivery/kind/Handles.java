package io.vestibule.delivery.kind;

import java.util.Optional;

/** Where a target has what it was told of one person: kept by us, for kinds that need it. */
public interface Handles {

  /** What was kept last; empty if nothing, or if it cannot be read. */
  Optional<String> find();

  /** Whether something was kept, even if it cannot be read. */
  boolean isKept();

  /** Keeps it, in place of what was kept before. */
  void keep(String handle);

  /** Of an order that is about no one person. */
  Handles NONE =
      new Handles() {
        @Override
        public Optional<String> find() {
          return Optional.empty();
        }

        @Override
        public boolean isKept() {
          return false;
        }

        @Override
        public void keep(String handle) {
          throw new IllegalStateException("a handle is of one person");
        }
      };
}

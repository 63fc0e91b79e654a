package io.vestibule.store.delivery;

import io.vestibule.core.EntryId;
import java.time.Instant;
import java.util.Locale;

/**
 * Something that a target is still to be told.
 *
 * @param target by its name
 * @param customerId whom it is about
 * @param news what is to be told
 * @param attempts how many were begun
 * @param createdAt when it was found that it is to be told
 */
public record Delivery(
    String target, String customerId, News news, int attempts, Instant createdAt) {

  /** What there is to tell. */
  public sealed interface News {

    /** What the row of it is called: once for each target, however often it is put there. */
    String id();

    /** What happened, as the row says it. */
    Cause cause();

    /** An entry was confirmed. */
    record Entered(EntryId entryId) implements News {

      @Override
      public String id() {
        return Cause.ENTRY.prefix() + entryId;
      }

      @Override
      public Cause cause() {
        return Cause.ENTRY;
      }
    }

    /**
     * Consents were withdrawn.
     *
     * @param request by which
     * @param purpose of the consents; empty for all
     */
    record Withdrew(String request, String purpose, Instant at) implements News {

      @Override
      public String id() {
        return Cause.WITHDRAWAL.prefix() + request;
      }

      @Override
      public Cause cause() {
        return Cause.WITHDRAWAL;
      }
    }

    /** The customer was erased. */
    record Erased(String customerId, Instant at) implements News {

      @Override
      public String id() {
        return id(customerId);
      }

      static String id(String customerId) {
        return Cause.ERASURE.prefix() + customerId;
      }

      @Override
      public Cause cause() {
        return Cause.ERASURE;
      }
    }
  }

  /** What happened. */
  public enum Cause {
    ENTRY,
    WITHDRAWAL,
    ERASURE;

    /** The word in the row. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    String prefix() {
      return text() + "#";
    }
  }

  /** Whether it must arrive, however long that takes: nobody has a right to hear of an entry. */
  public boolean isOwed() {
    return news.cause() != Cause.ENTRY;
  }
}

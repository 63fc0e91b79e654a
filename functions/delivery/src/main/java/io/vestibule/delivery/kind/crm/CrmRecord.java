package io.vestibule.delivery.kind.crm;

import io.vestibule.delivery.kind.Order;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a person is at a CRM.
 *
 * @param id letters and digits, as the CRM gives them
 */
public record CrmRecord(Origin origin, String id) {

  private static final String ID = "[0-9A-Za-z]{1,40}";

  /** Whose a record is. */
  public enum Origin {
    /** We made it, so it has our key. */
    MADE,
    /** Sales had it before: it never gets our key. */
    FOUND,
    /** We made it, and a delete of it may have been taken: if it is not shown, it is gone. */
    GOING,
    /** Sales made another kind of record of one of ours, and our key went with it. */
    CONVERTED
  }

  /** What the CRM calls a record; empty if that is no id. */
  public static Optional<CrmRecord> of(Origin origin, String id) {
    return id.matches(ID) ? Optional.of(new CrmRecord(origin, id)) : Optional.empty();
  }

  /** The record whose handle is kept. */
  public static Optional<CrmRecord> known(Order order) {
    return order.handles().find().flatMap(CrmRecord::parse);
  }

  /** The same record, while it is deleted. */
  public CrmRecord going() {
    return new CrmRecord(Origin.GOING, id);
  }

  /** Keeps where it is. */
  public void keep(Order order) {
    order.handles().keep(handle());
  }

  /**
   * The same before it is erased, if that is not known: what is deleted, no search finds any more.
   */
  public void keepUnlessKnown(Order order) {
    if (!known(order).equals(Optional.of(this))) {
      keep(order);
    }
  }

  /** Reads what {@link #handle} wrote. */
  public static Optional<CrmRecord> parse(String handle) {
    return Arrays.stream(Origin.values())
        .filter(it -> handle.startsWith(prefix(it)))
        .findFirst()
        .flatMap(it -> of(it, handle.substring(prefix(it).length())));
  }

  /** As it is kept: {@code made:5545974000012345678}. */
  public String handle() {
    return prefix(origin) + id;
  }

  private static String prefix(Origin origin) {
    return origin.name().toLowerCase(Locale.ROOT) + ":";
  }
}

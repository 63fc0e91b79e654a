package io.vestibule.delivery.kind.zoho;

import io.vestibule.core.targets.Zoho;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a person is at Zoho.
 *
 * @param id digits, as Zoho gives them
 */
record ZohoRecord(Origin origin, String id) {

  private static final String ID = "[0-9]{1,30}";

  /** Whose a record is. */
  enum Origin {
    /** We made it, so it has our key. */
    MADE,
    /** Sales had it before: it never gets our key. */
    FOUND,
    /** Sales made a contact of a lead of ours, and our key went with it. */
    CONVERTED
  }

  /** What Zoho calls a record; empty if that is no id. */
  static Optional<ZohoRecord> of(Origin origin, String id) {
    return id.matches(ID) ? Optional.of(new ZohoRecord(origin, id)) : Optional.empty();
  }

  /** Reads what {@link #handle} wrote. */
  static Optional<ZohoRecord> parse(String handle) {
    return Arrays.stream(Origin.values())
        .filter(it -> handle.startsWith(prefix(it)))
        .findFirst()
        .flatMap(it -> of(it, handle.substring(prefix(it).length())));
  }

  /** As it is kept: {@code made:5545974000012345678}. */
  String handle() {
    return prefix(origin) + id;
  }

  private static String prefix(Origin origin) {
    return origin.name().toLowerCase(Locale.ROOT) + ":";
  }

  String module(Zoho zoho) {
    return origin == Origin.CONVERTED ? Zoho.Module.CONTACTS.apiName() : zoho.module().apiName();
  }

  String path(Zoho zoho) {
    return module(zoho) + "/" + id;
  }
}

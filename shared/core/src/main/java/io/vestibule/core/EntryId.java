package io.vestibule.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The number of an entry: when intake took it in, and of which submission it is, {@code
 * 20261121T201400123Z-s…}. All have one length, so that a person's entries compare as text in the
 * order of time. It is fit for a URL as it is.
 */
public record EntryId(String value) {

  private static final Pattern FORM = Pattern.compile("\\d{8}T\\d{9}Z-s[A-Za-z0-9_-]{22}");

  private static final int ID_BYTES = 16;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  public EntryId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not the id of an entry");
    }
    try {
      time(value);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not the id of an entry: there is no such time", e);
    }
  }

  /**
   * The entry of a submission: the same one however often it is stored.
   *
   * @param receivedAt as it was sealed
   */
  public static EntryId of(Instant receivedAt, RowId submission) {
    return new EntryId(TIME.format(receivedAt) + "-" + submission.value());
  }

  /**
   * The entry that stands for what was stored of a customer before there were entries: the same one
   * however often it is made of the same record.
   *
   * @param receivedAt when the newest of it was handed in
   */
  public static EntryId synthetic(Instant receivedAt, String customerId) {
    return of(receivedAt, standIn(customerId));
  }

  /** Whether it is the one that stands for what was stored of a customer before. */
  public boolean isSyntheticOf(String customerId) {
    return value.endsWith("-" + standIn(customerId).value());
  }

  /** Where a submission's id would stand. No submission has it: theirs are random, or keyed. */
  private static RowId standIn(String customerId) {
    var hash = Sha256.of(("synthetic-entry|" + customerId).getBytes(UTF_8));
    return RowId.of(Destination.STORAGE, Arrays.copyOf(hash, ID_BYTES));
  }

  /** The text before which all entries of before a time come. */
  public static String bound(Instant time) {
    return TIME.format(time);
  }

  /** What no entry has, and comes after all that intake took in at a time. */
  public static EntryId last(Instant receivedAt) {
    return new EntryId(TIME.format(receivedAt) + "-s" + "z".repeat(22));
  }

  /** When intake took it in. */
  public Instant receivedAt() {
    return time(value);
  }

  private static Instant time(String value) {
    return TIME.parse(value.substring(0, value.indexOf('-')), Instant::from);
  }

  /** What the person is told to call it by. */
  public EntryNumber number() {
    return EntryNumber.of(new RowId(value.substring(value.indexOf('-') + 1)));
  }

  @Override
  public String toString() {
    return value;
  }
}

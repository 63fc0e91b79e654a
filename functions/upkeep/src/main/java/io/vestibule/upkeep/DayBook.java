package io.vestibule.upkeep;

import io.vestibule.core.Status;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What has become of the submissions, or requests, that one form accepted on one day.
 *
 * @param form its name
 * @param day in UTC
 * @param open pending, being mailed, mailed, or verified and not stored or answered yet
 * @param done stored with their customer, or answered
 * @param held put aside, for a person or a day to decide
 * @param expired deleted, as nobody confirmed them in time
 * @param erased covered by an erasure, or rejected by a person
 */
record DayBook(String form, LocalDate day, int open, int done, int held, int expired, int erased) {

  static DayBook empty(String form, LocalDate day) {
    return new DayBook(form, day, 0, 0, 0, 0, 0);
  }

  /** With some more of a status. */
  DayBook plus(Status status, int more) {
    return switch (status) {
      case PENDING, MAILING, MAILED, VERIFIED, ERASING ->
          new DayBook(form, day, open + more, done, held, expired, erased);
      case DONE -> new DayBook(form, day, open, done + more, held, expired, erased);
      case HELD -> new DayBook(form, day, open, done, held + more, expired, erased);
      case EXPIRED -> new DayBook(form, day, open, done, held, expired + more, erased);
      case ERASED -> new DayBook(form, day, open, done, held, expired, erased + more);
    };
  }

  /** All that the table knows of; the door has counted as many, or something is lost. */
  int accepted() {
    return open + done + held + expired + erased;
  }

  /** The counts, by what they are called. */
  Map<String, Integer> counts() {
    var counts = new LinkedHashMap<String, Integer>();
    counts.put("accepted", accepted());
    counts.put("open", open);
    counts.put("done", done);
    counts.put("held", held);
    counts.put("expired", expired);
    counts.put("erased", erased);
    return counts;
  }

  /** As a person gets to see it. */
  Map<String, Object> toJson() {
    var json = new LinkedHashMap<String, Object>();
    json.put("form", form);
    json.put("day", day.toString());
    json.putAll(counts());
    return json;
  }
}

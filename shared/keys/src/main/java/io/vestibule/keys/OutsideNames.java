package io.vestibule.keys;

import io.vestibule.store.keys.SystemKeys;
import java.time.Clock;

/**
 * Names for those outside: keyed hashes, 43 characters of URL-safe base64. The number of a customer
 * never leaves. Each target knows the same customer by another name, so that two of them cannot put
 * together what they know.
 */
public final class OutsideNames {

  private final SystemPrf prf;

  public OutsideNames(SystemKeys table, KeysetKey keysetKey, Clock clock) {
    this.prf = new SystemPrf(table, keysetKey, SystemKeys.Name.DELIVERY, clock);
  }

  /** A customer, as a target knows them. */
  public String customer(String target, String customerId) {
    return prf.text("customer|%s|%s".formatted(target, customerId));
  }

  /** That a target was told of a customer, in a field of its own, what one of ours says. */
  public String field(String target, String customerId, String ours, String theirs) {
    return prf.text("field|%s|%s|%s|%s".formatted(target, customerId, ours, theirs));
  }

  /** A message, the same in each attempt to tell it: by it the receiver knows it again. */
  public String message(String target, String what) {
    return prf.text("message|%s|%s".formatted(target, what));
  }
}

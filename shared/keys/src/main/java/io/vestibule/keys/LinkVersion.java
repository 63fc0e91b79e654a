package io.vestibule.keys;

import java.util.regex.Pattern;

/**
 * Which version of the key of links a row needs. Its sealing key's id tells: {@code <12
 * characters>-<version>}, or the 12 characters alone for the first. So what is sealed is bound to
 * the version, as it opens only by the key of this very id.
 *
 * @param number from 1 on; one byte in what is sealed while answers are awaited
 */
record LinkVersion(int number) {

  static final LinkVersion FIRST = new LinkVersion(1);

  private static final int MOST = Byte.MAX_VALUE;

  private static final Pattern OF_KEY = Pattern.compile("[A-Za-z0-9_-]{12}-([1-9][0-9]{0,2})");

  LinkVersion {
    if (number < 1 || number > MOST) {
      throw new IllegalArgumentException("there are %d versions at most".formatted(MOST));
    }
  }

  /** That which the rows need that a sealing key has sealed. */
  static LinkVersion of(String sealingKey) {
    var named = OF_KEY.matcher(sealingKey);
    int number = named.matches() ? Integer.parseInt(named.group(1)) : 1;
    return number <= MOST ? new LinkVersion(number) : FIRST;
  }

  LinkVersion next() {
    return new LinkVersion(number + 1);
  }

  /** The id of a sealing key whose rows need this version. */
  String named(String random) {
    return equals(FIRST) ? random : random + "-" + number;
  }

  /** What its keyset is wrapped for: one that was put in another's place does not unwrap. */
  KeyUse use() {
    return KeyUse.link(number);
  }
}

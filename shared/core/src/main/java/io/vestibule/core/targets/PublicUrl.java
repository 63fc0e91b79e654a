package io.vestibule.core.targets;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses on the web a target may have: those that a name of the public DNS stands for, and
 * only by https. What an inside service listens to is written in other ways, and each is refused by
 * its spelling; which address a name stands for is another question, for whoever connects.
 */
public final class PublicUrl {

  /**
   * Two labels or more, and the last begins with a letter: so no IPv4 address in any notation
   * (decimal, hexadecimal, octal, short), no IPv6 address, no dot at the end.
   */
  private static final Pattern DNS_NAME =
      Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

  private static final Pattern INSIDE =
      Pattern.compile(".*\\.(?:localhost|local|localdomain|internal|intranet|lan|home|corp|arpa)");

  private static final int HTTPS = 443;
  private static final int LONGEST_HOST = 253;

  private PublicUrl() {}

  /** What is against an address, as the end of a sentence; empty if nothing is. */
  public static Optional<String> problem(URI url) {
    if (!"https".equalsIgnoreCase(url.getScheme())) {
      return Optional.of("must begin with https://");
    }
    if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
      return Optional.of("must have no user and no #");
    }
    if (url.getPort() != -1 && url.getPort() != HTTPS) {
      return Optional.of("must have no port but 443");
    }
    return isPublicName(url.getHost())
        ? Optional.empty()
        : Optional.of("must have a name of the public DNS as its host, and no number");
  }

  /** Whether it is at this machine, for a local run: {@code http://localhost:<port>}. */
  public static boolean isThisMachine(URI url) {
    return "http".equalsIgnoreCase(url.getScheme())
        && "localhost".equals(url.getHost())
        && url.getPort() > 0
        && url.getRawUserInfo() == null;
  }

  /**
   * Checks the address of an emulator.
   *
   * @throws IllegalArgumentException if the target is not of a local run, or it is elsewhere
   */
  static void checkHere(@Nullable URI here, boolean isLocal) {
    if (here != null && !(isLocal && isThisMachine(here))) {
      throw new IllegalArgumentException("\"here\" is for the targets of a local run");
    }
  }

  private static boolean isPublicName(@Nullable String host) {
    if (host == null || host.length() > LONGEST_HOST) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return DNS_NAME.matcher(name).matches() && !INSIDE.matcher(name).matches();
  }
}

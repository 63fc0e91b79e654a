package io.vestibule.door;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cookies of a browser: the session, and what ties each sign-in to the browser that began it,
 * as two tabs may begin one at once. Their names begin with {@code __Host-}, so that browsers take
 * them from this very host only, and no neighbour of it can set them.
 *
 * @param all as API Gateway lists them: each as name and value
 */
record Cookies(List<String> all) {

  private static final String SESSION = "__Host-staff";
  private static final String SIGN_IN = "__Host-staff-sign-in-";

  /** So many characters of its state tell a sign-in from others in its cookie's name. */
  private static final int NAMED = 8;

  /** What is sent with each request must fit into a header: older sign-ins are given up. */
  private static final int MOST = 5;

  /** Lax, as the issuer sends the browser back to us from another site. */
  private static final String EVERY = "; Path=/; Secure; HttpOnly; SameSite=Lax";

  /** So long a sign-in may take. */
  private static final String TEN_MINUTES = "; Max-Age=600";

  private static final String GONE = "; Max-Age=0";

  Cookies {
    all = List.copyOf(all);
  }

  Optional<String> session() {
    return find(SESSION);
  }

  /** What was begun under a state, or one that begins as it does. */
  Optional<String> signIn(String state) {
    return find(name(state));
  }

  private Optional<String> find(String name) {
    return all.stream()
        .filter(cookie -> cookie.startsWith(name + "="))
        .map(cookie -> cookie.substring(name.length() + 1))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  static String session(String sealed) {
    return SESSION + "=" + sealed + EVERY;
  }

  static String noSession() {
    return gone(SESSION);
  }

  /** What is set for a sign-in that begins here. */
  List<String> begin(SignIn signIn) {
    var begun = all.stream().filter(it -> it.startsWith(SIGN_IN)).toList();
    var tooMany =
        begun.size() < MOST
            ? Stream.<String>empty()
            : begun.stream().map(it -> gone(it.replaceFirst("=.*", "")));
    var one = name(signIn.state()) + "=" + signIn.text() + EVERY + TEN_MINUTES;
    return Stream.concat(Stream.of(one), tooMany).toList();
  }

  static String noSignIn(String state) {
    return gone(name(state));
  }

  private static String name(String state) {
    return SIGN_IN + state.substring(0, Math.min(NAMED, state.length()));
  }

  private static String gone(String name) {
    return name + "=" + EVERY + GONE;
  }
}

package io.vestibule.door;

import java.util.List;
import java.util.Optional;

/**
 * The cookies of a browser: the session, and what ties a sign-in to the browser that began it.
 * Their names begin with {@code __Host-}, so that browsers take them from this very host only, and
 * no neighbour of it can set them.
 */
record Cookies(Optional<String> session, Optional<String> signIn) {

  private static final String SESSION = "__Host-staff";
  private static final String SIGN_IN = "__Host-staff-sign-in";

  /** Lax, as the issuer sends the browser back to us from another site. */
  private static final String EVERY = "; Path=/; Secure; HttpOnly; SameSite=Lax";

  /** So long a sign-in may take. */
  private static final String TEN_MINUTES = "; Max-Age=600";

  private static final String GONE = "; Max-Age=0";

  /** Reads them as API Gateway lists them: each as name and value. */
  static Cookies of(List<String> cookies) {
    return new Cookies(find(cookies, SESSION), find(cookies, SIGN_IN));
  }

  private static Optional<String> find(List<String> cookies, String name) {
    return cookies.stream()
        .filter(cookie -> cookie.startsWith(name + "="))
        .map(cookie -> cookie.substring(name.length() + 1))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  static String session(String sealed) {
    return SESSION + "=" + sealed + EVERY;
  }

  static String noSession() {
    return SESSION + "=" + EVERY + GONE;
  }

  static String signIn(SignIn signIn) {
    return SIGN_IN + "=" + signIn.text() + EVERY + TEN_MINUTES;
  }

  static String noSignIn() {
    return SIGN_IN + "=" + EVERY + GONE;
  }
}

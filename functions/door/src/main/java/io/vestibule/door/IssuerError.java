package io.vestibule.door;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why an issuer does not do what it was asked, in its own word (RFC 6749, sections 4.1.2.1 and
 * 5.2). It comes from outside, by way of a browser even.
 *
 * @param text fit for a log
 */
record IssuerError(String text) {

  private static final Pattern WORD = Pattern.compile("[a-z_]{1,60}");

  static IssuerError of(@Nullable String said) {
    return new IssuerError(said != null && WORD.matcher(said).matches() ? said : "another_error");
  }

  /** It does not know the code, or gave it for another sign-in, or too long ago. */
  boolean isAboutTheCode() {
    return text.equals("invalid_grant");
  }
}

package io.vestibule.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A sign-in that is under way, as the browser that began it carries it. Who comes back from the
 * issuer without it, or with another one's, is not signed in: nobody can be made to use somebody
 * else's session.
 *
 * @param state comes back from the issuer
 * @param nonce comes back in the ID token
 * @param verifier proves to the issuer that it was we who asked (RFC 7636)
 * @param to where the person wanted to go
 */
record SignIn(String state, String nonce, String verifier, String to) {

  private static final String HOME = "/staff/";

  /** A page of ours, and never another site: neither a host nor a backslash fits. */
  private static final Pattern OURS =
      Pattern.compile("/staff/[A-Za-z0-9_./-]{0,200}(\\?[A-Za-z0-9_.=&%-]{0,300})?");

  /** At least 128 bits, of which we make ours. */
  private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9_-]{22,128}");

  static SignIn begin(String to) {
    return new SignIn(
        new State().getValue(), new Nonce().getValue(), new CodeVerifier().getValue(), page(to));
  }

  /** Who has just signed in does not want out. */
  private static final Pattern OUT = Pattern.compile("/staff/sign(-|ed-)out(\\?.*)?");

  /** The page, if it is one of ours that one goes to, else the first one. */
  static String page(String to) {
    boolean isOurs = OURS.matcher(to).matches() && !to.contains("//");
    return isOurs && !OUT.matcher(to).matches() ? to : HOME;
  }

  /** What the cookie has. */
  String text() {
    return String.join("~", state, nonce, verifier, encode(to));
  }

  /** Reads it; empty for what is none. */
  static Optional<SignIn> read(String cookie) {
    var parts = cookie.split("~", -1);
    if (parts.length != 4 || !Arrays.stream(parts).limit(3).allMatch(RANDOM.asMatchPredicate())) {
      return Optional.empty();
    }
    try {
      var to = new String(Base64.getUrlDecoder().decode(parts[3]), UTF_8);
      return Optional.of(new SignIn(parts[0], parts[1], parts[2], page(to)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean isOf(String state) {
    return MessageDigest.isEqual(state.getBytes(UTF_8), this.state.getBytes(UTF_8));
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}

package io.vestibule.web.staff;

import io.vestibule.web.Request;
import org.jspecify.annotations.Nullable;

/**
 * What the staff's door asks the function behind it.
 *
 * @param signIn what the issuer gave the door, if somebody has just come from there
 * @param session the sealed session as the browser has it, if it has one
 * @param request what the browser asked for
 */
public record StaffCall(@Nullable SignIn signIn, @Nullable String session, Request request) {

  /**
   * What the issuer gave.
   *
   * @param idToken a JWT that nobody has checked
   * @param nonce that the door sent along when this browser went to the issuer
   */
  public record SignIn(String idToken, String nonce) {}

  /** Somebody asks for a page. */
  public static StaffCall page(@Nullable String session, Request request) {
    return new StaffCall(null, session, request);
  }

  /** Somebody comes from the issuer. */
  public static StaffCall signIn(String idToken, String nonce, Request request) {
    return new StaffCall(new SignIn(idToken, nonce), null, request);
  }
}

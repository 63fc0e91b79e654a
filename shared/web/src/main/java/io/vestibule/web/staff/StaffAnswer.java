package io.vestibule.web.staff;

import io.vestibule.web.Reply;
import org.jspecify.annotations.Nullable;

/**
 * What the function behind the staff's door answers.
 *
 * @param session the sealed session that the browser is to have, if it is signed in now
 * @param reply what the browser gets, if it is a page
 */
public record StaffAnswer(Kind kind, @Nullable String session, @Nullable Reply reply) {

  /** What the door does with it. */
  public enum Kind {
    /** Hands on the reply. */
    PAGE,
    /** Gives the browser the session, and sends it on to where it wanted to go. */
    SIGNED_IN,
    /** Sends the browser to the issuer: there is no session, or none that is still good. */
    SIGN_IN,
    /** The same, and the issuer is to ask who it is, whomever it knows already. */
    SIGN_IN_AFRESH,
    /** Takes the session from the browser, and hands on the reply. */
    SIGNED_OUT
  }

  public static StaffAnswer page(Reply reply) {
    return new StaffAnswer(Kind.PAGE, null, reply);
  }

  public static StaffAnswer signedIn(String session) {
    return new StaffAnswer(Kind.SIGNED_IN, session, null);
  }

  public static StaffAnswer signIn() {
    return new StaffAnswer(Kind.SIGN_IN, null, null);
  }

  public static StaffAnswer signInAfresh() {
    return new StaffAnswer(Kind.SIGN_IN_AFRESH, null, null);
  }

  public static StaffAnswer signedOut(Reply reply) {
    return new StaffAnswer(Kind.SIGNED_OUT, null, reply);
  }
}

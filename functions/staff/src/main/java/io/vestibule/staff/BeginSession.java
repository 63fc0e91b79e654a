package io.vestibule.staff;

import io.vestibule.core.Counter;
import io.vestibule.core.OperatorCode;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Roles;
import io.vestibule.staff.session.IdTokens;
import io.vestibule.staff.session.Sessions;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import io.vestibule.web.staff.StaffAnswer;
import io.vestibule.web.staff.StaffCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody comes from the issuer. The door is not believed: only the issuer's signature says who it
 * is.
 */
final class BeginSession {

  private static final Logger LOG = LoggerFactory.getLogger(BeginSession.class);

  private final IdTokens idTokens;
  private final Roles roles;
  private final Sessions sessions;
  private final StaffPages pages;

  BeginSession(IdTokens idTokens, Roles roles, Sessions sessions, StaffPages pages) {
    this.idTokens = idTokens;
    this.roles = roles;
    this.sessions = sessions;
    this.pages = pages;
  }

  StaffAnswer run(StaffCall.SignIn signIn, Request request) {
    try {
      var signedIn = idTokens.check(signIn.idToken(), signIn.nonce());
      var has = roles.among(signedIn.groups());
      return has.isEmpty()
          ? StaffAnswer.page(refused(request, "staff.no-role"))
          : sessions
              .begin(signIn.idToken(), signedIn, has)
              .map(StaffAnswer::signedIn)
              .orElseGet(StaffAnswer::signInAfresh);
    } catch (IdTokens.Refused e) {
      String why = e.reason();
      var code = OperatorCode.STAFF_SIGN_IN_REFUSED.entry();
      LOG.warn("A sign-in proves nobody: {}", why, code);
      Counter.STAFF_SIGN_IN_REFUSED.increment();
      return StaffAnswer.page(refused(request));
    }
  }

  /** The issuer has let nobody in, or gave what proves nobody. */
  Reply refused(Request request) {
    return refused(request, "staff.refused");
  }

  private Reply refused(Request request, String key) {
    return pages.outside(request, 403, key, _ -> StaffPages.SIGN_IN_AFRESH);
  }
}
